using System.CommandLine;
using Rag.Ingest.Sources;

namespace Rag.Cli;

/// <summary>The options that say where documents come from: files and folders, web sites, standard input.</summary>
internal sealed class SourceOptions
{
    private const string StandardInput = "-";

    private readonly Option<bool> _git = new("--git") { Description = "Of folders in Git work trees, leave out what Git ignores, and label documents with commit and branch." };
    private readonly Option<bool> _watch = new("--watch") { Description = "Go on, and ingest what changes in the files and folders, until it is stopped (Ctrl+C)." };
    private readonly Option<string?> _name = new("--name") { Description = "Name of the document from standard input, such as notes.md.", HelpName = "NAME" };
    private readonly Option<int?> _depth = SharedOptions.Within("--depth", "Links to follow from a web page, 0 to 100; by default 3", 0, 100);
    private readonly Option<int> _maxPages = SharedOptions.Number("--max-pages", "Web pages to ask for from each address", 1_000_000, new WebLimits().MaxPages);
    private readonly Option<string[]> _hosts = new("--allow-host") { Description = "Web host to follow links to besides that of the address, such as example.org or *.example.org; may be repeated.", HelpName = "HOST", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _private = new("--allow-private") { Description = "Web host that may lie in this machine or its network; with its port where that is not the usual one; may be repeated.", HelpName = "HOST", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _sitemap = new("--sitemap") { Description = "Take the pages of a sitemap too: its address, or 'auto' for what robots.txt names, else /sitemap.xml.", HelpName = "URL" };

    public IEnumerable<Option> All => [_git, _watch, _name, _depth, _maxPages, _hosts, _private, _sitemap];

    /// <summary>Those of the arguments that are files and folders.</summary>
    public static string[] FilesOf(string[] paths) => [.. paths.Where(path => path != StandardInput && !IsAddress(path))];

    /// <summary>What the arguments name.</summary>
    /// <exception cref="CommandException">They do not go together.</exception>
    public IDocumentSource Of(Session session, ParseResult parsed, string[] paths)
    {
        var (files, name) = (FilesOf(paths), parsed.GetValue(_name));
        if (paths.Count(path => path == StandardInput) != (name is null ? 0 : 1))
        {
            throw new CommandException("Standard input is one document and needs a name: rag ingest - --name notes.md", ExitCode.WrongUsage);
        }

        try
        {
            return new JoinedSource([
                .. files.Length > 0 ? [Files(parsed, files)] : Array.Empty<IDocumentSource>(),
                .. paths.Where(IsAddress).Distinct().Select(address => Web(parsed, address)),
                .. name is null ? [] : new[] { new StreamSource(session.Pipes?.Input ?? Console.OpenStandardInput(), name) },
            ]);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(e.Message.Split(" (Parameter '")[0], ExitCode.WrongUsage);
        }
    }

    /// <summary>The watch over what the arguments name; <see langword="null"/> where none is wanted.</summary>
    /// <exception cref="CommandException">There is something that cannot be watched.</exception>
    public FolderWatch? WatchOf(ParseResult parsed, string[] paths) => !parsed.GetValue(_watch) ? null
        : FilesOf(paths) is var files && files.Length == paths.Length ? new(Files(parsed, files))
        : throw new CommandException("--watch is for files and folders. Run the command from time to time for web pages; unchanged ones are not sent again.", ExitCode.WrongUsage);

    private FileSource Files(ParseResult parsed, string[] files) => new(files) { UsesGit = parsed.GetValue(_git) };

    private WebSource Web(ParseResult parsed, string address) => new(new(address, UriKind.RelativeOrAbsolute))
    {
        Hosts = parsed.GetValue(_hosts)!,
        PrivateHosts = parsed.GetValue(_private)!,
        Sitemap = parsed.GetValue(_sitemap),
        Limits = new() { MaxPages = parsed.GetValue(_maxPages), MaxDepth = parsed.GetValue(_depth) ?? new WebLimits().MaxDepth },
    };

    private static bool IsAddress(string path) => path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
