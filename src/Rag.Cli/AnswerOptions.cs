using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Citations;
using Rag.Citations.Judges;
using Rag.Conversations;
using Rag.Generation;
using Rag.Indexing;
using Rag.Llama;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Cli;

/// <summary>The options by which <c>ask</c> and <c>chat</c> make answers.</summary>
internal sealed class AnswerOptions
{
    private readonly SharedOptions _shared;

    private readonly Option<int> _top = SharedOptions.Top(new RagPipelineOptions().Top);

    private readonly Option<string> _support = SupportOption();

    private readonly Option<string> _judge = JudgeOption();

    private readonly Option<int?> _bestOf = SharedOptions.Within("--best-of", "Drafts that a model writes, of which the best supported one is given, by default 1", 1, 64);

    private readonly AnswerModelOptions _model = new();

    private readonly AskingOptions _asking = new();

    private readonly ModelName _rerank;

    private readonly ModelName _embed;

    public AnswerOptions(SharedOptions shared)
    {
        _shared = shared;
        _rerank = new("--rerank", "Re-rank passages with a model", _model.Cache, orEndpoint: true);
        _embed = new("--embed", SharedOptions.EmbedsQuestions, _model.Cache, orEndpoint: true);
    }

    /// <summary>The options with the command's arguments before them.</summary>
    public IEnumerable<Option> All =>
    [
        _shared.Store, _top, _shared.Retriever, _shared.Filter, _shared.Tenant, _support, _judge, _bestOf,
        _embed.Option, _rerank.Option,
        .. _model.All,
        .. _asking.All,
    ];

    /// <summary>The weighing that the chosen retriever needs.</summary>
    public KeywordModel Weighing(ParseResult parsed) => Retrievers.ModelOf(parsed.GetValue(_shared.Retriever)!);

    /// <summary>Which documents questions are asked of.</summary>
    public Query Scope(ParseResult parsed) => new("") { Tenant = parsed.GetValue(_shared.Tenant)!, Filter = _shared.FilterOf(parsed) };

    /// <summary>Whether a language model is asked for.</summary>
    public bool NamesModel(ParseResult parsed) => _model.NameOf(parsed) is not null;

    /// <inheritdoc cref="AnswerModelOptions.LoadAsync"/>
    public Task<IAnswerModel?> LoadAsync(Session session, ParseResult parsed, CancellationToken cancellationToken) => _model.LoadAsync(session, parsed, cancellationToken);

    /// <inheritdoc cref="AskingOptions.LoadAdapters"/>
    public LoadedAdapters? LoadAdapters(ParseResult parsed, IAnswerModel? model) => _asking.LoadAdapters(parsed, model);

    /// <inheritdoc cref="AskingOptions.ReadAsync"/>
    public Task<AskOptions> AskingAsync(ParseResult parsed, IAnswerModel? model, LoadedAdapters? adapters, CancellationToken cancellationToken) => _asking.ReadAsync(parsed, model, adapters, cancellationToken);

    /// <summary>The re-ranker that was asked for, loaded once; <see langword="null"/> for none.</summary>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or gives no scores.</exception>
    public Task<TimedReranker?> LoadRerankerAsync(Session session, ParseResult parsed, CancellationToken cancellationToken) =>
        TimedReranker.LoadAsync(session, parsed, _rerank, cancellationToken);

    /// <summary>The embedding model that the retriever needs, loaded once; <see langword="null"/> for none.</summary>
    /// <param name="session">Shows the progress.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="ingests">Whether documents are embedded too, whatever the retriever.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="CommandException">The retriever needs a model and none is given.</exception>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or makes no vectors.</exception>
    public Task<Embedder?> LoadEmbedderAsync(Session session, ParseResult parsed, bool ingests, CancellationToken cancellationToken) => ingests && _embed.IsGiven(parsed)
        ? Embedder.LoadAsync(session, parsed, _embed, cancellationToken)
        : Embedder.LoadForAsync(parsed.GetValue(_shared.Retriever)!, session, parsed, _embed, cancellationToken);

    /// <summary>What answers are made from.</summary>
    /// <exception cref="CommandException">The judge that is asked for needs a model that is not.</exception>
    public Library Library(ParseResult parsed, Query scope, IChunkStore store, IAnswerModel? model, AskOptions asking, Embedder? embedder, TimedReranker? reranker)
    {
        var found = Retrievers.Over(store, parsed.GetValue(_shared.Retriever)!, embedder);
        var retriever = reranker is null ? found : new RerankingRetriever(found, reranker);
        var verifier = new CitationVerifier(new CitationVerifierOptions
        {
            Unsupported = parsed.GetValue(_support) switch
            {
                "drop" => UnsupportedSentences.Drop,
                "abstain" => UnsupportedSentences.Abstain,
                "repair" => UnsupportedSentences.Repair,
                _ => UnsupportedSentences.Mark,
            },
        }, Judge(parsed, model, reranker));
        var options = new RagPipelineOptions { Top = parsed.GetValue(_top), Budget = _asking.BudgetOf(parsed, model) };
        if (model is null && parsed.GetValue(_bestOf) > 1)
        {
            throw new CommandException("--best-of needs --model or --endpoint: drafts are written by a language model.", ExitCode.WrongUsage);
        }

        var pipeline = model?.Pipeline(retriever, verifier, options, parsed.GetValue(_bestOf) ?? 1) ?? new RagPipeline(retriever, new ExtractiveAnswerGenerator(), verifier, options, transformer: new FollowUpTransformer());
        return new(store, retriever, pipeline)
        {
            Scope = scope,
            Asking = asking,
            Model = model,
            Summarizer = model is null ? null : new ChatSummarizer(model.Client),
            Origin = model is null ? new() { Generator = "extractive" } : new() { Generator = _model.NameOf(parsed), Prompt = ChatAnswerGenerator.PromptVersion },
        };
    }

    private ISupportJudge? Judge(ParseResult parsed, IAnswerModel? model, TimedReranker? reranker) => (parsed.GetValue(_judge), model, reranker) switch
    {
        ("model", { } asked, _) => new ChatSupportJudge(asked.Client),
        ("reranker", _, { } asked) => new RerankingSupportJudge(asked.Untimed),
        ("model", null, _) => throw new CommandException("--judge model needs --model or --endpoint: the model that writes the answer judges its sentences.", ExitCode.WrongUsage),
        ("reranker", _, null) => throw new CommandException("--judge reranker needs --rerank: the model that orders the passages judges the sentences.", ExitCode.WrongUsage),
        _ => null,
    };

    private static Option<string> JudgeOption()
    {
        var option = new Option<string>("--judge") { Description = "Who is asked, after words have been compared, whether sources bear the sentences out.", HelpName = "none|model|reranker", DefaultValueFactory = _ => "none" };
        option.AcceptOnlyFromAmong("none", "model", "reranker");
        return option;
    }

    private static Option<string> SupportOption()
    {
        var option = new Option<string>("--support") { Description = "What happens to a sentence that no source says.", HelpName = "mark|drop|abstain|repair", DefaultValueFactory = _ => "mark" };
        option.AcceptOnlyFromAmong("mark", "drop", "abstain", "repair");
        return option;
    }
}
