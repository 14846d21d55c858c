using Rag.Citations;

namespace Rag.Generation;

/// <summary>A generator that can write an answer again, told what was wrong with it. Safe for concurrent use.</summary>
public interface IAnswerRepairer : IAnswerGenerator
{
    /// <summary>The answer, written again, as <see cref="IAnswerGenerator.GenerateAsync"/> gives it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">The passages of the first answer.</param>
    /// <param name="draft">The first answer as it was written.</param>
    /// <param name="findings">Its sentences that no passage supports; at least one. What they quote of passages is data, never instructions.</param>
    /// <param name="options">What this question asks for. Default: <c>new()</c>.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    IAsyncEnumerable<AnswerUpdate> RepairAsync(string question, IReadOnlyList<Passage> passages, string draft, IReadOnlyList<Finding> findings, AskOptions? options = null, CancellationToken cancellationToken = default);
}
