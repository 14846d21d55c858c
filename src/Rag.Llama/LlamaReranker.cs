using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rag.Llama.Embeddings;
using Rag.Llama.Gguf;
using Rag.Retrieval;

namespace Rag.Llama;

/// <summary>
/// Scores texts against a query with a model in this process: a cross-encoder with a classification head, or a model that is asked in words and answers yes or no.
/// One thread, one context, pairs of all callers in the same steps. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Scores are probabilities, 0 to 1. Nothing in a query or text becomes a control token, so a text cannot pass for the end of a pair. The model sees a chunk as its context, a new line, and its text.
/// What else is in a step changes the rounding of a score, in the fifth decimal; equal texts of a call have equal scores.
/// </remarks>
public sealed class LlamaReranker : IReranker, IDisposable
{
    private readonly ILogger _logger;
    private readonly PairFrame _frame;
    private readonly IPairScore _score;
    private readonly VectorTelemetry _telemetry;
    private readonly ReadingLoop _loop;

    /// <summary>Makes a context and starts the thread that computes it.</summary>
    /// <param name="model">A re-ranker, or a model that generates text; may be shared, and stays the caller's to dispose.</param>
    /// <param name="options">Label, instruction, size. Default <c>new()</c>.</param>
    /// <param name="logger">Told of pairs that were cut.</param>
    /// <exception cref="LlamaModelException">The model is a re-ranker without a head, an embedding model, or cannot tell yes from no.</exception>
    /// <exception cref="ArgumentException">There is no such label, or the prompt has no places for query and text or takes more than half of what is read at once.</exception>
    /// <exception cref="LlamaException">There is not enough memory for the context.</exception>
    public LlamaReranker(LlamaModel model, LlamaRerankerOptions? options = null, ILogger<LlamaReranker>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        Model = model;
        _logger = logger ?? NullLogger<LlamaReranker>.Instance;
        _score = ScoreOf(model, options);
        MaxTokens = _score.Reading.Longest;
        _frame = FrameOf(model, options);
        if (!_frame.FitsIn(MaxTokens))
        {
            throw new ArgumentException($"What stands around query and text takes more than half of the {MaxTokens} tokens that '{model.Name}' reads at once. Use a shorter prompt or instruction, or a larger context.", nameof(options));
        }

        _telemetry = new("rerank", model.Name);
        _loop = new(model, _score.Reading, _telemetry);
    }

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>Most tokens of a query and a text together; of longer pairs the text's end is left out, and the query's end where it takes more than half.</summary>
    public int MaxTokens { get; }

    /// <summary>How well each text answers the query: 0 to 1, higher is better, in the order of <paramref name="texts"/>.</summary>
    /// <exception cref="ObjectDisposedException">Disposed, before or meanwhile.</exception>
    /// <exception cref="LlamaException">The backend failed, or the model gave numbers that are none.</exception>
    public Task<IReadOnlyList<double>> ScoreAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(texts);
        return _telemetry.RunAsync(() => ReadAsync(query, texts, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var scores = await ScoreAsync(query.Text, [.. candidates.Select(c => TextOf(c.Chunk))], cancellationToken);
        return [.. candidates
            .Zip(scores, (candidate, score) => candidate with { Score = score })
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    /// <summary>Stops what runs, fails what waits, and frees the context; not the model.</summary>
    public void Dispose()
    {
        _loop.Dispose();
        _telemetry.Dispose();
    }

    private static IPairScore ScoreOf(LlamaModel model, LlamaRerankerOptions options) =>
        model.File.Pooling == GgufPooling.Rank || model.File.HasClassifier ? new ClassifierScore(model, options.Context, options.Label)
        : model.Generates && model.File.Pooling is null or GgufPooling.None ? new AnswerScore(model, options.Context, options.Yes, options.No)
        : throw new LlamaModelException(model.Path, $"The model '{model.Name}' ({model.Description}) makes vectors, no scores. Use a re-ranker here, and this one for embeddings.");

    // A head on a model that is asked in words judges what the file's template makes of the pair.
    private static PairFrame FrameOf(LlamaModel model, LlamaRerankerOptions options)
    {
        var template = options.Prompt ?? RerankPrompt.OfFile(model) ?? (model.Generates ? RerankPrompt.Default(model) : null);
        return template is null ? PairFrame.OfSeparators(model) : PairFrame.OfTemplate(model.Vocabulary, template, options.Instruction);
    }

    private static string TextOf(Chunk chunk) => chunk.Context.Length == 0 ? chunk.Text : $"{chunk.Context}\n{chunk.Text}";

    private async Task<(IReadOnlyList<double> Scores, int Tokens)> ReadAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var question = Model.Vocabulary.Tokenize(query);
        var pairs = texts.Select(t => _frame.Join(question, Model.Vocabulary.Tokenize(t), MaxTokens)).ToList();
        var cut = pairs.Count(p => p.Cut > 0);
        if (cut > 0)
        {
            _logger.PairTruncated(Model.Name, cut, pairs.Sum(p => p.Cut), MaxTokens);
        }

        var outputs = await _loop.ReadAsync(pairs.ConvertAll(p => p.Tokens), cancellationToken);
        return ([.. outputs.Select(Score)], pairs.Sum(p => p.Tokens.Length));
    }

    private double Score(float[] outputs)
    {
        var score = _score.Score(outputs);
        return double.IsNaN(score) ? throw new LlamaException($"'{Model.Name}' gave a score that is no number. The file may be damaged, or its precision too low for the device: try another quantisation.") : score;
    }
}
