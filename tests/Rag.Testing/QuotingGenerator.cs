using System.Runtime.CompilerServices;
using Rag.Generation;

namespace Rag.Testing;

/// <summary>A generator that quotes each passage that it is given, one after the other, under its number.</summary>
public sealed class QuotingGenerator : IAnswerGenerator
{
    public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (i, passage) in passages.Index())
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new AnswerUpdate.Words($"{(i == 0 ? "" : " ")}{passage.Chunk.Text} [{passage.Number}]");
        }
    }
}
