using System.Runtime.CompilerServices;
using Rag.Generation;

namespace Rag.Testing;

/// <summary>A generator that gives the updates it was made with, whatever it is asked, and remembers the passages it was given.</summary>
public sealed class ScriptedAnswerGenerator(params AnswerUpdate[] updates) : IAnswerGenerator
{
    /// <summary>A generator that writes one text.</summary>
    public static ScriptedAnswerGenerator Saying(string text) => new(new AnswerUpdate.Words(text));

    /// <summary>Runs before each update, with the caller's token.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>What it was given last.</summary>
    public IReadOnlyList<Passage> Passages { get; private set; } = [];

    public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Passages = passages;
        foreach (var update in updates)
        {
            await Before(cancellationToken);
            yield return update;
        }
    }
}
