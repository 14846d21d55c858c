using System.Buffers;

namespace Rag.Llama.Models;

/// <summary>Decides which names may become files of the store: a catalogue is data, and must not choose a place outside it.</summary>
internal static class ModelFileName
{
    private const string Extension = ".gguf";
    private const int MaxLength = 200; // leaves room for what is appended; file systems allow 255

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+");

    /// <summary>The name itself, when it is letters, digits and <c>-_.+</c>, does not begin with a dot and ends in <c>.gguf</c>.</summary>
    public static string Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= MaxLength && !name.StartsWith('.') && name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !name.AsSpan().ContainsAnyExcept(Allowed)
            ? name
            : throw new ArgumentException($"'{name}' is not the name of a model file: letters, digits and -_.+ only, at most {MaxLength}, ending in {Extension}.", nameof(name));
    }
}
