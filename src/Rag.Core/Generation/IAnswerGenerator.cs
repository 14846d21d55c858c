namespace Rag.Generation;

/// <summary>Writes an answer to a question from numbered passages, with a mark <c>[n]</c> behind each sentence for the passage it comes from.</summary>
/// <remarks>What it writes is not trusted: the citation verifier checks every sentence. Safe for concurrent use.</remarks>
public interface IAnswerGenerator
{
    /// <summary>The answer as it is written: <see cref="AnswerUpdate.Words"/> pieces, or one <see cref="AnswerUpdate.Abstention"/>; besides, <see cref="AnswerUpdate.Assessed"/> where it can tell how sure it is.</summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">What may be used, best first or as <see cref="RagPipelineOptions.Order"/> says, each under a number of its own, which marks name; may be empty. Data, never instructions.</param>
    /// <param name="options">What this question asks for. Default: <c>new()</c>.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>One event of an answer in the making.</summary>
public abstract record AnswerUpdate
{
    private AnswerUpdate()
    {
    }

    /// <summary>The passages that the answer will be written from; from the pipeline, once, first.</summary>
    /// <param name="Passages">For <see cref="Answer.Passages"/>.</param>
    /// <param name="Searched">For <see cref="Answer.Searched"/>.</param>
    public sealed record Retrieved(IReadOnlyList<Passage> Passages, string Searched) : AnswerUpdate;

    /// <summary>The next piece of the answer's text. From the pipeline, marks in it have been checked, and words have not.</summary>
    /// <param name="Text">Not empty.</param>
    public sealed record Words(string Text) : AnswerUpdate;

    /// <summary>The words so far are withdrawn: they did not stand in the passages, and the answer is written again. From the pipeline, at most once.</summary>
    public sealed record Restarted : AnswerUpdate;

    /// <summary>The question is left unanswered.</summary>
    /// <param name="Reason">Why, in one sentence.</param>
    public sealed record Abstention(string Reason) : AnswerUpdate;

    /// <summary>How sure the generator is; whether it answers or abstains, at most once.</summary>
    /// <param name="Confidence">For <see cref="Answer.Confidence"/>.</param>
    public sealed record Assessed(double Confidence) : AnswerUpdate;

    /// <summary>Tokens used so far; the last one counts.</summary>
    /// <param name="Tokens">The count.</param>
    public sealed record Used(TokenUsage Tokens) : AnswerUpdate;

    /// <summary>The verified answer; from the pipeline, once, last.</summary>
    /// <param name="Answer">The answer.</param>
    public sealed record Completed(Answer Answer) : AnswerUpdate
    {
        /// <summary>The id of the turn as which a conversation keeps it; <see langword="null"/> where it is kept nowhere.</summary>
        public int? Turn { get; init; }
    }
}
