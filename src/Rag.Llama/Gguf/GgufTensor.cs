namespace Rag.Llama.Gguf;

/// <summary>A tensor as the file's directory describes it.</summary>
/// <param name="Name">Such as <c>blk.0.attn_q.weight</c>.</param>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Shape">At most four dimensions, the fastest varying first: a weight's input, then its output.</param>
/// <param name="Offset">Bytes from the start of the file's data.</param>
/// <param name="Bytes">Bytes that it takes, without padding.</param>
public sealed record GgufTensor(string Name, GgufTensorType Type, IReadOnlyList<long> Shape, long Offset, long Bytes)
{
    /// <summary>The layer it belongs to, 0-based; <see langword="null"/> for one outside the layers.</summary>
    public int? Layer { get; } = LayerOf(Name);

    private static int? LayerOf(string name)
    {
        const string prefix = "blk.";
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = name.IndexOf('.', prefix.Length);
        return end > 0 && int.TryParse(name.AsSpan(prefix.Length, end - prefix.Length), out var layer) && layer >= 0 ? layer : null;
    }
}
