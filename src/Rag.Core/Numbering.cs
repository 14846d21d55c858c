namespace Rag;

/// <summary>Numbered divisions of a text, such as its pages or the lines of its source file: where each one begins.</summary>
/// <remarks>
/// Division <c>First + i</c> covers <c>[Starts[i], Starts[i + 1])</c>; the last one reaches to the end of the text. Divisions may have names that people look for
/// rather than for numbers: the cells of a row (<c>Prices!A2:D2</c>), the time of a subtitle. Immutable, safe for concurrent use.
/// </remarks>
public sealed class Numbering
{
    private readonly int[] _starts;
    private readonly string[]? _names;

    /// <summary>Divisions numbered from <paramref name="first"/>.</summary>
    /// <param name="starts">Where each division begins in the text, in UTF-16 code units; ascending, repeats allowed (an empty division).</param>
    /// <param name="first">Number of the first division; 1 for a whole document.</param>
    /// <param name="names">The name of each division, empty for one without; <see langword="null"/> when none has one.</param>
    /// <exception cref="ArgumentException"><paramref name="starts"/> is empty or not ascending, or there are more or fewer names than starts.</exception>
    public Numbering(IReadOnlyList<int> starts, int first = 1, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(starts);
        _starts = [.. starts];
        if (_starts.Length == 0)
        {
            throw new ArgumentException("A numbering has at least one division; use null for a text without any.", nameof(starts));
        }

        for (var i = 1; i < _starts.Length; i++)
        {
            if (_starts[i] < _starts[i - 1])
            {
                throw new ArgumentException($"Division starts must ascend, but {_starts[i]} follows {_starts[i - 1]}.", nameof(starts));
            }
        }

        if (names is not null && names.Count != _starts.Length)
        {
            throw new ArgumentException($"There are {names.Count} names for {_starts.Length} divisions; give each division one, an empty one where it has none.", nameof(names));
        }

        _names = names is null ? null : [.. names];
        First = first;
    }

    /// <summary>Number of the first division.</summary>
    public int First { get; }

    /// <summary>Number of divisions, at least 1.</summary>
    public int Count => _starts.Length;

    /// <summary>Where each division begins, ascending.</summary>
    public IReadOnlyList<int> Starts => _starts;

    /// <summary>The name of each division, empty for one without; <see langword="null"/> when none has one.</summary>
    public IReadOnlyList<string>? Names => _names;

    /// <summary>The number of the division in which <paramref name="offset"/> lies; the first one for an offset before all of them.</summary>
    /// <remarks>Of several divisions that begin at the same place the last is taken, since the earlier ones are empty. O(log n).</remarks>
    public int At(int offset)
    {
        var (low, high) = (0, _starts.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_starts[middle] <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return First + Math.Max(low - 1, 0);
    }

    /// <summary>The name of the division in which <paramref name="offset"/> lies, or <see langword="null"/> when it has none.</summary>
    public string? NameAt(int offset) => _names?[At(offset) - First] is { Length: > 0 } name ? name : null;

    /// <summary>The divisions that <paramref name="span"/> touches, with the same numbers, names and offsets.</summary>
    public Numbering Slice(TextSpan span)
    {
        var from = At(span.Start);
        var to = At(Math.Max(span.Start, span.End - 1));
        var range = (from - First)..(to - First + 1);
        return new(_starts[range], from, _names?[range]);
    }
}
