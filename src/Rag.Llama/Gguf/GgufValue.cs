namespace Rag.Llama.Gguf;

/// <summary>A value of the metadata.</summary>
/// <param name="Type">Its type; of a list the type of each value.</param>
/// <param name="Count">A list's length; <see langword="null"/> for a single value.</param>
/// <param name="Kept">What it is, where it is kept: a long, ulong, double, bool, string, or an array of longs or strings.</param>
internal sealed record GgufValue(GgufValueType Type, long? Count, object? Kept);
