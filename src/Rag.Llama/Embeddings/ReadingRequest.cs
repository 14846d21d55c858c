namespace Rag.Llama.Embeddings;

/// <summary>Texts of one caller, as tokens, and what became of them. Only the loop's thread touches it, but for <see cref="Cancel"/>.</summary>
internal sealed class ReadingRequest(IReadOnlyList<int[]> texts, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<float[][]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly float[][] _results = new float[texts.Count][];
    private int _read;

    public IReadOnlyList<int[]> Texts => texts;

    /// <summary>Number of texts that were taken into steps.</summary>
    public int Taken { get; set; }

    /// <summary>What was made of each text, in their order.</summary>
    public Task<float[][]> Completion => _completion.Task;

    /// <summary>Whether nobody waits for it any more: cancelled, failed or complete.</summary>
    public bool IsOver => _completion.Task.IsCompleted;

    /// <summary>May be called from any thread.</summary>
    public void Cancel() => _completion.TrySetCanceled(cancellationToken);

    public void Fail(Exception exception) => _completion.TrySetException(exception);

    public void Take(int index, float[] result)
    {
        _results[index] = result;
        if (++_read == _results.Length)
        {
            _completion.TrySetResult(_results);
        }
    }
}

/// <summary>One text of a request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Index">Its place there.</param>
internal readonly record struct ReadingItem(ReadingRequest Request, int Index)
{
    public int[] Tokens => Request.Texts[Index];
}
