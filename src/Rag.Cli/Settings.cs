using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Rag.Cli;

/// <summary>Options that the environment (<c>RAG_TOP</c>) or a file (<c>--config</c>) sets, where the command line does not: in that order of precedence.</summary>
internal sealed class Settings
{
    private readonly List<string> _args = [];
    private readonly List<string> _sources = [];

    /// <summary>Where the added options came from, such as <c>RAG_TOP</c>.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>Finds what the chosen command may take and the command line does not give.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">Its shared options.</param>
    /// <param name="variable">Environment variables.</param>
    /// <param name="all">Makes all commands: a file may set options of any.</param>
    /// <exception cref="CommandException">The file cannot be read, or names an option that no command has.</exception>
    public static Settings Read(ParseResult parsed, SharedOptions options, Func<string, string?> variable, Func<Command> all)
    {
        var settings = new Settings();
        var file = parsed.GetValue(options.Config)?.FullName ?? variable("RAG_CONFIG");
        var values = string.IsNullOrEmpty(file) ? [] : ReadFile(file, all());
        foreach (var option in OptionsOf(parsed.CommandResult).Where(o => o != options.Config && parsed.GetResult(o) is null or { Implicit: true }))
        {
            var name = option.Name.TrimStart('-');
            var key = $"RAG_{name.Replace('-', '_').ToUpperInvariant()}";
            if (variable(key) is { Length: > 0 } value)
            {
                settings.Add(option, [value], key);
            }
            else if (values.TryGetValue(name, out var listed))
            {
                settings.Add(option, listed, $"'{name}' in '{file}'");
            }
        }

        return settings;
    }

    /// <summary>The command line with what was found; before a <c>--</c>, behind which everything is an argument.</summary>
    public IReadOnlyList<string> AppendTo(IReadOnlyList<string> args)
    {
        var before = args.TakeWhile(a => a != "--").ToList();
        return [.. before, .. _args, .. args.Skip(before.Count)];
    }

    private void Add(Option option, IEnumerable<string> values, string source)
    {
        _args.AddRange(values.Select(v => $"{option.Name}={v}"));
        _sources.Add(source);
    }

    private static IEnumerable<Option> OptionsOf(CommandResult command)
    {
        var options = command.Command.Options.Where(o => o.Action is null);
        for (var parent = command.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            options = options.Concat(parent.Command.Options.Where(o => o.Recursive && o.Action is null));
        }

        return options;
    }

    private static Dictionary<string, string[]> ReadFile(string file, Command root)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            var values = json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => ValuesOf(p.Value));
            var known = NamesIn(root).ToHashSet();
            return values.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown
                ? throw new CommandException($"'{file}' sets '{unknown}', which no command knows. Options: {string.Join(", ", known.Order(StringComparer.Ordinal))}.", ExitCode.WrongUsage)
                : values;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new CommandException($"The configuration '{file}' cannot be read: {e.Message} It must be one JSON object, such as {{\"store\":\"my.db\",\"top\":5}}.", ExitCode.WrongUsage);
        }
    }

    private static string[] ValuesOf(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.ToString())] : [value.ToString()];

    private static IEnumerable<string> NamesIn(Command command) =>
        command.Options.Where(o => o.Action is null).Select(o => o.Name.TrimStart('-')).Concat(command.Subcommands.SelectMany(NamesIn));
}
