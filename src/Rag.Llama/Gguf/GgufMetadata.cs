namespace Rag.Llama.Gguf;

/// <summary>A file's keys and values. Long lists and texts beyond a mebibyte, such as the vocabulary, are checked but not kept.</summary>
public sealed class GgufMetadata
{
    private readonly Dictionary<string, GgufValue> _values;

    internal GgufMetadata(Dictionary<string, GgufValue> values) => _values = values;

    /// <summary>The keys, in no order.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>Whether there is such a key, of whatever type.</summary>
    public bool Contains(string key) => _values.ContainsKey(key);

    /// <summary>A text; <see langword="null"/> where there is none or it was not kept.</summary>
    public string? Text(string key) => Find(key)?.Kept as string;

    /// <summary>A truth value; <see langword="null"/> where there is none.</summary>
    public bool? Bool(string key) => Find(key)?.Kept as bool?;

    /// <summary>A whole number of whatever width; <see langword="null"/> where there is none that fits.</summary>
    public long? WholeNumber(string key) => Find(key)?.Kept switch
    {
        long number => number,
        ulong number when number <= long.MaxValue => (long)number,
        _ => null,
    };

    /// <summary>A number with a fraction, or a whole one; <see langword="null"/> where there is none.</summary>
    public double? Number(string key) => Find(key)?.Kept is double number ? number : WholeNumber(key);

    /// <summary>A list of texts; <see langword="null"/> where there is none or it was not kept.</summary>
    public IReadOnlyList<string>? Texts(string key) => Find(key)?.Kept as string[];

    /// <summary>A list of whole numbers; <see langword="null"/> where there is none or it was not kept.</summary>
    public IReadOnlyList<long>? WholeNumbers(string key) => Find(key)?.Kept as long[];

    /// <summary>The length of a list, kept or not; <see langword="null"/> where there is none.</summary>
    public long? Count(string key) => Find(key)?.Count;

    internal GgufValue? Find(string key) => _values.GetValueOrDefault(key);
}
