namespace Rag.Pdf.Files;

/// <summary>A decoded object stream (7.5.7). Immutable, safe for concurrent use.</summary>
internal sealed class ObjectStream
{
    private readonly byte[] _bytes;
    private readonly Dictionary<int, int> _offsets = [];
    private readonly int[] _starts;

    private ObjectStream(byte[] bytes, int count, int? first)
    {
        _bytes = bytes;
        var starts = new SortedSet<int>();
        var position = 0;
        for (var i = 0; i < count; i++)
        {
            position = Scanner.SkipWhite(bytes, position);
            if (!Scanner.TryDigits(bytes, ref position, out var number))
            {
                break;
            }

            position = Scanner.SkipWhite(bytes, position);
            if (!Scanner.TryDigits(bytes, ref position, out var offset))
            {
                break;
            }

            if (starts.Add(offset)) // an object has one number
            {
                _offsets.TryAdd(number, offset);
            }
        }

        _starts = [.. starts];
        First = first is >= 0 && first <= bytes.Length ? first.Value : position;
    }

    public int Length => _bytes.Length;

    public IReadOnlyCollection<int> Numbers => _offsets.Keys;

    private int First { get; }

    /// <summary>Decodes a stream whose type says that it holds objects; <see langword="null"/> where it is none or cannot be decoded.</summary>
    public static ObjectStream? Read(PdfStream stream, PdfWarnings warnings)
    {
        if (stream.Dictionary.Integer("N") is not { } count)
        {
            return null;
        }

        try
        {
            using var decoded = stream.Decode();
            return new(decoded.Span.ToArray(), count, stream.Dictionary.Integer("First"));
        }
        catch (NotSupportedException e)
        {
            warnings.Add($"An object stream cannot be decoded: {e.Message}");
            return null;
        }
    }

    /// <summary>The object of that number; references in it lead where <paramref name="context"/> says. Its strings are not encrypted (7.5.7).</summary>
    public PdfObject? Get(int number, ParseContext context, out int values)
    {
        values = 0;
        if (!_offsets.TryGetValue(number, out var offset) || offset > _bytes.Length - First)
        {
            return null;
        }

        var next = Array.BinarySearch(_starts, offset) + 1;
        var end = next < _starts.Length ? Math.Min(_bytes.Length, First + (long)_starts[next]) : _bytes.Length;
        var parser = new ObjectParser(_bytes.AsSpan(0, (int)end), First + offset, context);
        var value = parser.Read();
        values = parser.Values;
        return value;
    }
}
