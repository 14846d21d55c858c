using System.CommandLine;
using Rag.Enrichment;

namespace Rag.Cli;

/// <summary>The option that says what is found out about documents when they are stored.</summary>
internal sealed class EnrichOptions
{
    private const string Everything = "all";

    public Option<string> Enrich { get; } = new("--enrich")
    {
        Description = $"What to find out about each document, to filter by and to see: some of {string.Join(", ", DocumentEnrichers.Names)}, or {Everything}.",
        HelpName = "NAME,...",
        DefaultValueFactory = _ => "",
    };

    /// <summary>The enrichers that were asked for.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public IReadOnlyList<IDocumentEnricher> Of(ParseResult parsed)
    {
        var names = parsed.GetValue(Enrich)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = Array.Find(names, name => name != Everything && !DocumentEnrichers.Names.Contains(name));
        return unknown is null
            ? [.. DocumentEnrichers.Names.Where(name => names.Contains(name) || names.Contains(Everything)).Select(DocumentEnrichers.Create)]
            : throw new CommandException($"--enrich has no '{unknown}'. Give some of {string.Join(", ", DocumentEnrichers.Names)}, or {Everything}.", ExitCode.WrongUsage);
    }
}
