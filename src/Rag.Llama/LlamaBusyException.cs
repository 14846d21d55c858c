namespace Rag.Llama;

/// <summary>As many requests wait as may wait.</summary>
/// <param name="queueLimit">How many that is.</param>
public sealed class LlamaBusyException(int queueLimit)
    : LlamaException($"{queueLimit} requests wait for a slot already, as many as may. Try again later, or raise QueueLimit or Slots.")
{
    /// <summary>How many requests may wait.</summary>
    public int QueueLimit { get; } = queueLimit;
}
