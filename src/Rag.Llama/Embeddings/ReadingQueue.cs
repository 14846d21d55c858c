namespace Rag.Llama.Embeddings;

/// <summary>Requests that wait, and the steps formed of them: a text of each request in turn, so that a short request is not held up by a long one.</summary>
internal sealed class ReadingQueue
{
    private readonly LinkedList<ReadingRequest> _waiting = [];

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(ReadingRequest request) => _waiting.AddLast(request);

    /// <summary>The texts of the next step, taken out; those of cancelled requests are dropped.</summary>
    /// <param name="rows">Most tokens, at least those of any one text.</param>
    /// <param name="sequences">Most texts.</param>
    public IReadOnlyList<ReadingItem> Next(int rows, int sequences)
    {
        var step = new List<ReadingItem>();
        while (_waiting.First is { } first && step.Count < sequences)
        {
            var request = first.Value;
            if (request.IsOver)
            {
                _waiting.RemoveFirst();
                continue;
            }

            var item = new ReadingItem(request, request.Taken);
            rows -= item.Tokens.Length;
            if (rows < 0)
            {
                // it stays in front and is the first of the next step
                break;
            }

            step.Add(item);
            _waiting.RemoveFirst();
            if (++request.Taken < request.Texts.Count)
            {
                _waiting.AddLast(request);
            }
        }

        return step;
    }

    /// <summary>Fails everything that waits.</summary>
    public void Close(Exception reason)
    {
        foreach (var request in _waiting)
        {
            request.Fail(reason);
        }

        _waiting.Clear();
    }
}
