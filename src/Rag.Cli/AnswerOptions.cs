using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Citations;
using Rag.Generation;
using Rag.Indexing;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Cli;

/// <summary>The options by which <c>ask</c> and <c>chat</c> make answers.</summary>
internal sealed class AnswerOptions(SharedOptions shared)
{
    private readonly Option<int> _top = SharedOptions.Top(new RagPipelineOptions().Top);

    private readonly Option<string> _support = SupportOption();

    /// <summary>The options with the command's arguments before them.</summary>
    public IEnumerable<Option> All =>
    [
        shared.Store, _top, shared.Retriever, shared.Filter, shared.Tenant, _support,
        shared.Rerank,
        new UpcomingOption("--model", "GGUF", "Answer with a language model on this machine."),
        new UpcomingOption("--endpoint", "URL", "Answer with a language model behind an OpenAI-compatible endpoint."),
        new UpcomingOption("--endpoint-model", "NAME", "The model to ask the endpoint for."),
    ];

    /// <summary>The weighing that the chosen retriever needs.</summary>
    public KeywordModel Model(ParseResult parsed) => Retrievers.ModelOf(parsed.GetValue(shared.Retriever)!);

    /// <summary>Which documents questions are asked of.</summary>
    public Query Scope(ParseResult parsed) => new("") { Tenant = parsed.GetValue(shared.Tenant)!, Filter = shared.FilterOf(parsed) };

    /// <summary>What answers are made from.</summary>
    public Library Library(ParseResult parsed, Query scope, IChunkStore store)
    {
        var retriever = new KeywordRetriever(store);
        var verifier = new CitationVerifier(new CitationVerifierOptions
        {
            Unsupported = parsed.GetValue(_support) switch
            {
                "drop" => UnsupportedSentences.Drop,
                "abstain" => UnsupportedSentences.Abstain,
                _ => UnsupportedSentences.Mark,
            },
        });
        var pipeline = new RagPipeline(retriever, new ExtractiveAnswerGenerator(), verifier, new RagPipelineOptions { Top = parsed.GetValue(_top) });
        return new(store, retriever, pipeline) { Scope = scope };
    }

    private static Option<string> SupportOption()
    {
        var option = new Option<string>("--support") { Description = "What happens to a sentence that no source says.", HelpName = "mark|drop|abstain", DefaultValueFactory = _ => "mark" };
        option.AcceptOnlyFromAmong("mark", "drop", "abstain");
        return option;
    }
}
