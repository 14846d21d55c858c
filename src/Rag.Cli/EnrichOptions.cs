using System.CommandLine;
using Microsoft.Extensions.AI;
using Rag.Enrichment;

namespace Rag.Cli;

/// <summary>The option that says what is found out about documents when they are stored.</summary>
internal sealed class EnrichOptions
{
    private const string Everything = "all";
    private const string ByModel = "model";
    private const string Context = "context";

    private static readonly IReadOnlyList<string> WithModel = [ByModel, Context];

    public Option<string> Enrich { get; } = new("--enrich")
    {
        Description = $"What to find out about each document, to filter by and to see: some of {string.Join(", ", DocumentEnrichers.Names)}, or {Everything} of these; with a language model {ByModel} (summary and keywords) and {Context} (of each passage) besides.",
        HelpName = "NAME,...",
        DefaultValueFactory = _ => "",
    };

    /// <summary>Says what is wrong before anything is loaded.</summary>
    /// <exception cref="CommandException">There is no enricher of that name, or one needs a model and none is given.</exception>
    public void ThrowIfWrong(ParseResult parsed, bool hasModel)
    {
        var names = NamesOf(parsed);
        if (Array.Find(names, name => name != Everything && !WithModel.Contains(name) && !DocumentEnrichers.Names.Contains(name)) is { } unknown)
        {
            throw new CommandException($"--enrich has no '{unknown}'. Give some of {string.Join(", ", DocumentEnrichers.Names)}, or {Everything}; with a language model {string.Join(" and ", WithModel)} besides.", ExitCode.WrongUsage);
        }

        if (!hasModel && Array.Find(names, WithModel.Contains) is { } asking)
        {
            throw new CommandException($"--enrich {asking} needs a language model: give --model GGUF or --endpoint URL.", ExitCode.WrongUsage);
        }
    }

    /// <summary>What is to be found out about documents.</summary>
    public IReadOnlyList<IDocumentEnricher> OfDocuments(ParseResult parsed, IChatClient? client)
    {
        var names = NamesOf(parsed);
        var free = DocumentEnrichers.Names.Where(name => names.Contains(name) || names.Contains(Everything)).Select(DocumentEnrichers.Create);
        return names.Contains(ByModel) ? [.. free, new ChatDocumentEnricher(client!)] : [.. free];
    }

    /// <summary>What is to be added to passages; <see langword="null"/> for nothing.</summary>
    public IChunkEnricher? OfChunks(ParseResult parsed, IChatClient? client) => NamesOf(parsed).Contains(Context) ? new ContextEnricher(client!) : null;

    private string[] NamesOf(ParseResult parsed) => parsed.GetValue(Enrich)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
