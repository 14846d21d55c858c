using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Rag.Citations;
using Rag.Generation.Extractive;
using Rag.Queries;
using Rag.Retrieval;

namespace Rag.Generation;

/// <summary>From a question to a checked answer: transform, retrieve, pack, generate, verify. Safe for concurrent use.</summary>
/// <param name="retriever">Finds passages.</param>
/// <param name="generator">Writes the answer from them.</param>
/// <param name="verifier">Checks it. Default: one with default options.</param>
/// <param name="options">Passages and budget. Default: <c>new()</c>.</param>
/// <param name="tokens">Counts the tokens of passages. Default: <see cref="ApproximateTokenCounter"/>.</param>
/// <param name="time">Measures the time budget. Default: the system's clock.</param>
/// <param name="transformer">
/// Makes the queries to run of the question and <see cref="Query.History"/>. The first of them is answered; all are searched for, as by <see cref="TransformingRetriever"/>.
/// Tokens that it uses are not in <see cref="Answer.Usage"/>. Default: the question is taken as it is.
/// </param>
public sealed class RagPipeline(
    IRetriever retriever,
    IAnswerGenerator generator,
    CitationVerifier? verifier = null,
    RagPipelineOptions? options = null,
    ITokenCounter? tokens = null,
    TimeProvider? time = null,
    IQueryTransformer? transformer = null)
{
    /// <summary>The longest question that is taken, in UTF-16 code units: about 8,000 words, more than any question and less than a document.</summary>
    public const int MaxQuestionLength = 50_000;

    private readonly IRetriever _retriever = new ObservedRetriever(retriever);
    private readonly CitationVerifier _verifier = verifier ?? new();
    private readonly RagPipelineOptions _options = options ?? new();
    private readonly ITokenCounter _tokens = tokens ?? new ApproximateTokenCounter();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc cref="AskAsync(Query, AskOptions?, CancellationToken)"/>
    public Task<Answer> AskAsync(string question, CancellationToken cancellationToken = default) => AskAsync(new Query(question), cancellationToken: cancellationToken);

    /// <summary>The checked answer, or an explicit abstention, within the budget.</summary>
    /// <param name="query">The question and where to look.</param>
    /// <param name="options">What this question asks for. Default: <c>new()</c>.</param>
    /// <param name="cancellationToken">Stops the answering.</param>
    /// <exception cref="ArgumentException">The question is blank or longer than <see cref="MaxQuestionLength"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; a spent time budget is an abstention instead.</exception>
    public async Task<Answer> AskAsync(Query query, AskOptions? options = null, CancellationToken cancellationToken = default)
    {
        await foreach (var update in AskStreamingAsync(query, options, cancellationToken))
        {
            if (update is AnswerUpdate.Completed completed)
            {
                return completed.Answer;
            }
        }

        throw new UnreachableException("An answer stream ends with its answer.");
    }

    /// <inheritdoc cref="AskStreamingAsync(Query, AskOptions?, CancellationToken)"/>
    public IAsyncEnumerable<AnswerUpdate> AskStreamingAsync(string question, CancellationToken cancellationToken = default) => AskStreamingAsync(new Query(question), cancellationToken: cancellationToken);

    /// <summary>
    /// The answer as it is made: <see cref="AnswerUpdate.Retrieved"/>, <see cref="AnswerUpdate.Words"/> as they are written, each mark once its sentence is whole and the mark is backed,
    /// an <see cref="AnswerUpdate.Abstention"/> where there is none, and last <see cref="AnswerUpdate.Completed"/> with the text that counts.
    /// </summary>
    /// <param name="query">The question and where to look.</param>
    /// <param name="options">What this question asks for. Default: <c>new()</c>.</param>
    /// <param name="cancellationToken">Stops the answering.</param>
    /// <exception cref="ArgumentException">The question is blank or longer than <see cref="MaxQuestionLength"/>; thrown by the call itself.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; a spent time budget is an abstention instead.</exception>
    public IAsyncEnumerable<AnswerUpdate> AskStreamingAsync(Query query, AskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnfit(query);
        return StreamAsync(query, (options ?? new()) with { Budget = options?.Budget ?? _options.Budget }, cancellationToken);
    }

    /// <exception cref="ArgumentException">The question is blank or longer than <see cref="MaxQuestionLength"/>.</exception>
    internal static void ThrowIfUnfit(Query query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            throw new ArgumentException("The question is empty. Write what you want to know.", nameof(query));
        }

        if (query.Text.Length > MaxQuestionLength)
        {
            throw new ArgumentException($"The question has {query.Text.Length} characters and may have {MaxQuestionLength}. Shorten it, or add long text as a document.", nameof(query));
        }
    }

    private async IAsyncEnumerable<AnswerUpdate> StreamAsync(Query query, AskOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(options.Budget!.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var run = new AnswerRun(query.Text, _time);
        using var span = RagTelemetry.Source.StartActivity("rag.answer");
        await using var updates = UpdatesAsync(query, options, run, either.Token).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                Activity.Current = span ?? Activity.Current; // what is asked for here begins with the reader's
                if (!await updates.MoveNextAsync())
                {
                    break;
                }
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                run.Abstain($"The time budget of {options.Budget.Timeout} was spent while {run.Stage}.");
                break;
            }
            catch (Exception e)
            {
                RagTelemetry.NotAnswered(span, e, run.Elapsed);
                throw;
            }

            yield return updates.Current;
        }

        var answer = run.Complete();
        RagTelemetry.Answered(span, answer, run.Elapsed);
        if (answer.Reason is { } reason)
        {
            yield return new AnswerUpdate.Abstention(reason);
        }

        yield return new AnswerUpdate.Completed(answer);
    }

    private async IAsyncEnumerable<AnswerUpdate> UpdatesAsync(Query query, AskOptions options, AnswerRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (asked, found) = await Task.Run(() => FindAsync(query, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
        var passages = await Task.Run(() => Pack(asked, found, options), cancellationToken).WaitAsync(cancellationToken);
        run.Retrieved(passages, asked);
        yield return new AnswerUpdate.Retrieved(passages, asked);
        if (passages.Count == 0)
        {
            run.Abstain(found.Count == 0 ? "No document that may be searched holds words of the question." : TooLong(asked, found, options));
            yield break;
        }

        var check = _verifier.Check(passages);
        await foreach (var words in WordsAsync(run, check, token => generator.GenerateAsync(asked, passages, options, token), cancellationToken))
        {
            yield return words;
        }

        if (run.Abstained)
        {
            yield break;
        }

        var first = await CheckAsync(run.Text, check, cancellationToken);
        if (!_verifier.Repairs || first.Findings.Count == 0 || generator is not IAnswerRepairer repairer)
        {
            Conclude(run, query, asked, first, passages, cancellationToken);
            yield break;
        }

        var draft = run.Text;
        run.Restart();
        yield return new AnswerUpdate.Restarted();
        await foreach (var words in WordsAsync(run, check, token => repairer.RepairAsync(asked, passages, draft, first.Findings, options with { Used = run.Usage }, token), cancellationToken))
        {
            yield return words;
        }

        var second = run.Abstained ? null : await CheckAsync(run.Text, check, cancellationToken);
        if (second is null && first.Citations.Count == 0)
        {
            yield break;
        }

        run.KeepFirst();
        Conclude(run, query, asked, second is not null && SupportedShare(second) >= SupportedShare(first) ? second : first, passages, cancellationToken);
    }

    private void Conclude(AnswerRun run, Query query, string asked, CheckedText text, IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        var answer = _verifier.Conclude(query.Text, text, passages);
        var confidence = run.Confidence ?? (answer.Citations is [var first, ..] ? UnitRanking.Of(asked, passages, cancellationToken).ConfidenceOf(first) * first.Support : null);
        run.Verified(answer, confidence);
        if (!answer.Abstained && confidence < _options.MinConfidence)
        {
            run.Abstain(string.Create(CultureInfo.InvariantCulture, $"The first cited sentence answers the question with a probability of {confidence:0.00}, where {_options.MinConfidence:0.00} is needed."));
        }
    }

    private IReadOnlyList<Passage> Pack(string asked, IReadOnlyList<ScoredChunk> found, AskOptions options)
    {
        var most = options.Budget!.MaxPassageTokens;
        Func<IReadOnlyList<Passage>, bool>? accepted = generator is IPassageLimit limit ? passages => limit.Excess(asked, passages, options) is null : null;
        var packed = PassagePacker.Pack(found, _tokens, most, _options.Order, options.Known, accepted);
        return packed.Count == 0 && found.Count > 0 && PassagePacker.Cut(found[0], asked, part => PassagePacker.Pack([part], _tokens, most, accepted: accepted).Count > 0) is { } cut
            ? PassagePacker.Pack([cut], _tokens, most, known: options.Known)
            : packed;
    }

    /// <summary>Why not even a sentence of the best passage can be given to the generator.</summary>
    private string TooLong(string asked, IReadOnlyList<ScoredChunk> found, AskOptions options) =>
        (generator is IPassageLimit limit ? limit.Excess(asked, [new(1, found[0].Chunk, found[0].Score)], options) : null)
        ?? $"No sentence of the {found.Count} passages found fits the budget of {options.Budget!.MaxPassageTokens} tokens for passages.";

    private static double SupportedShare(CheckedText text) => text.Written == 0 ? 0 : 1 - ((double)text.Findings.Count / text.Written);

    private static async IAsyncEnumerable<AnswerUpdate> WordsAsync(AnswerRun run, AnswerCheck check, Func<CancellationToken, IAsyncEnumerable<AnswerUpdate>> generate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var marks = new StreamedMarks(check);
        await foreach (var update in DetachedStream.RunAsync(generate, cancellationToken))
        {
            run.Take(update);
            if (update is AnswerUpdate.Words { Text: var written } && await marks.AddAsync(written, cancellationToken) is { Length: > 0 } shown)
            {
                yield return new AnswerUpdate.Words(shown);
            }
        }

        run.Generated();
        if (!run.Abstained && await marks.EndAsync(cancellationToken) is { Length: > 0 } rest)
        {
            yield return new AnswerUpdate.Words(rest);
        }
    }

    private static async Task<CheckedText> CheckAsync(string text, AnswerCheck check, CancellationToken cancellationToken)
    {
        using var span = RagTelemetry.Source.StartActivity("rag.verify");
        try
        {
            var found = await Task.Run(() => check.CheckAsync(text, cancellationToken).AsTask(), cancellationToken).WaitAsync(cancellationToken);
            span?.SetTag("rag.sentences", found.Written).SetTag("rag.sentences.unsupported", found.Findings.Count);
            return found;
        }
        catch (Exception e)
        {
            RagTelemetry.Failed(span, e);
            throw;
        }
    }

    private async Task<(string Asked, IReadOnlyList<ScoredChunk> Found)> FindAsync(Query query, CancellationToken cancellationToken)
    {
        var queries = transformer is null ? [query] : await transformer.TransformAsync(query, cancellationToken);
        return (queries[0].Text, await TransformingRetriever.RunAsync(_retriever, queries, _options.Top, RerankingRetriever.DefaultDepth, cancellationToken));
    }
}
