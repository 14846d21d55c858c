using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Generation.Extractive;

namespace Rag.Generation;

/// <summary>Has several drafts written and gives the one that its sources bear out best: more time for a better answer, without training. Safe for concurrent use where the generator is.</summary>
/// <remarks>
/// The first draft is written as asked for, the others at a temperature, each with a seed of its own; all at once. Each is checked; the best one has the highest share of supported
/// sentences, then the highest mean support, then the highest probability that its first quote answers the question, then it came first. A draft that abstains or that nothing supports loses
/// to any other. Tokens and money of the budget are shared out evenly. Where not all are written in four fifths of the time, the best of those that are counts. Nothing is shown before the choice is made.
/// </remarks>
/// <param name="inner">Writes the drafts.</param>
/// <param name="drafts">How many, at least 1.</param>
/// <param name="verifier">Checks them; with a judge, the judge chooses with it. Default: one with default options.</param>
/// <param name="time">Measures the time. Default: the system's clock.</param>
/// <exception cref="ArgumentOutOfRangeException">Less than one draft.</exception>
public sealed class BestOfAnswerGenerator(IAnswerGenerator inner, int drafts, CitationVerifier? verifier = null, TimeProvider? time = null) : IPassageLimit
{
    // enough for drafts that differ, too little for wild ones
    private const float Temperature = 0.8f;

    // what is left of the time is for the choice and for checking the answer
    private const double ShareOfTime = 0.8;

    private readonly int _drafts = drafts >= 1 ? drafts : throw new ArgumentOutOfRangeException(nameof(drafts), drafts, $"{drafts} drafts were asked for. Ask for at least 1.");
    private readonly CitationVerifier _verifier = verifier ?? new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        using var timeout = options?.Budget is { } budget ? new CancellationTokenSource(budget.Timeout * ShareOfTime, _time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var written = await Task.WhenAll(Enumerable.Range(0, _drafts).Select(i => TryWriteAsync(question, passages, For(options, i), either.Token, cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        var whole = written.Select(w => w.Draft).OfType<Draft>().ToList();
        if (whole.Count == 0)
        {
            written[0].Failure!.Throw();
        }

        var usage = new TokenUsage(whole.Sum(d => d.Usage.PromptTokens), whole.Sum(d => d.Usage.CompletionTokens));
        var best = whole.MaxBy(d => d.Worth)!;
        if (usage != new TokenUsage())
        {
            yield return new AnswerUpdate.Used(usage);
        }

        if (best.Confidence is { } confidence)
        {
            yield return new AnswerUpdate.Assessed(confidence);
        }

        yield return best.Abstention is { } reason ? new AnswerUpdate.Abstention(reason) : new AnswerUpdate.Words(best.Text);
    }

    /// <inheritdoc/>
    public string? Excess(string question, IReadOnlyList<Passage> passages, AskOptions? options = null) => (inner as IPassageLimit)?.Excess(question, passages, options);

    /// <summary>What one draft is asked for: its share of tokens and money, and but for the first a temperature and a seed of its own.</summary>
    private AskOptions For(AskOptions? asked, int draft)
    {
        var options = asked ?? new();
        options = options.Budget is { } budget ? options with { Budget = budget with { MaxTokens = budget.MaxTokens is { } tokens ? Math.Max(1, tokens / _drafts) : null, MaxCost = budget.MaxCost / _drafts } } : options;
        if (draft == 0)
        {
            return options;
        }

        var chat = options.Chat?.Clone() ?? new ChatOptions();
        chat.Temperature = chat.Temperature is > 0 ? chat.Temperature : Temperature;
        chat.Seed = (chat.Seed ?? 0) + draft;
        return options with { Chat = chat };
    }

    private async Task<(Draft? Draft, ExceptionDispatchInfo? Failure)> TryWriteAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options, CancellationToken inTime, CancellationToken cancellationToken)
    {
        try
        {
            var draft = await WriteAsync(question, passages, options, inTime);
            return (draft.Abstention is null && draft.Text.Length > 0 ? await JudgeAsync(question, passages, draft, cancellationToken) : draft, null);
        }
        catch (Exception e)
        {
            // thrown where no draft is written at all
            return (null, ExceptionDispatchInfo.Capture(e));
        }
    }

    private async Task<Draft> WriteAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options, CancellationToken cancellationToken)
    {
        var draft = new Draft();
        await foreach (var update in DetachedStream.RunAsync(token => inner.GenerateAsync(question, passages, options, token), cancellationToken))
        {
            draft = update switch
            {
                AnswerUpdate.Words words => draft with { Text = draft.Text + words.Text },
                AnswerUpdate.Abstention abstention => draft with { Abstention = abstention.Reason },
                AnswerUpdate.Assessed assessed => draft with { Confidence = assessed.Confidence },
                AnswerUpdate.Used used => draft with { Usage = used.Tokens },
                _ => draft,
            };
        }

        return draft;
    }

    private async Task<Draft> JudgeAsync(string question, IReadOnlyList<Passage> passages, Draft draft, CancellationToken cancellationToken)
    {
        var text = await _verifier.Check(passages).CheckAsync(draft.Text, cancellationToken);
        var answers = text.Citations is [var first, ..] ? draft.Confidence ?? UnitRanking.Of(question, passages, cancellationToken).ConfidenceOf(first) ?? 0 : 0;
        return draft with { Worth = text.Citations.Count == 0 ? default : (1 - ((double)text.Findings.Count / text.Written), text.Sentences.Average(s => s.Support), answers) };
    }

    private sealed record Draft
    {
        public string Text { get; init; } = "";

        public string? Abstention { get; init; }

        public double? Confidence { get; init; }

        public TokenUsage Usage { get; init; } = new();

        public (double Supported, double Support, double Answers) Worth { get; init; }
    }
}
