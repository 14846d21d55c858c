using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Rag.Api.Security;

namespace Rag.Api;

/// <summary>The newest answers by their ids, so that they can be rated. Safe for concurrent use.</summary>
internal sealed class RememberedAnswers(IOptions<RagApiOptions> options)
{
    private readonly ConcurrentDictionary<string, (string Key, Answer Answer)> _answers = new();
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>Remembers an answer in place of the oldest one.</summary>
    /// <returns>Its id.</returns>
    public string Add(Caller caller, Answer answer)
    {
        var id = Guid.CreateVersion7().ToString("N");
        _answers[id] = (caller.Key.Hash, answer);
        _order.Enqueue(id);
        while (_answers.Count > options.Value.RememberedAnswers && _order.TryDequeue(out var oldest))
        {
            _answers.TryRemove(oldest, out _);
        }

        return id;
    }

    /// <summary>The answer, if this caller was given it and it is still remembered.</summary>
    public Answer? Find(Caller caller, string id) => _answers.TryGetValue(id, out var found) && found.Key == caller.Key.Hash ? found.Answer : null;

    /// <summary>Forgets what rests on a document.</summary>
    public void Forget(string documentId)
    {
        foreach (var (id, (_, answer)) in _answers)
        {
            if (answer.Passages.Any(p => p.Chunk.DocumentId == documentId))
            {
                _answers.TryRemove(id, out _);
            }
        }
    }
}
