namespace Rag;

/// <summary>Half-open range of UTF-16 code units <c>[Start, End)</c> in a text; the currency of citations.</summary>
public readonly record struct TextSpan : IComparable<TextSpan>
{
    /// <summary>A range of a text.</summary>
    /// <param name="start">First code unit, 0-based.</param>
    /// <param name="end">One past the last code unit; at least <paramref name="start"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative or <paramref name="end"/> lies before it.</exception>
    public TextSpan(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Start = start;
        End = end;
    }

    /// <summary>First code unit, 0-based.</summary>
    public int Start { get; }

    /// <summary>One past the last code unit; at least <see cref="Start"/>.</summary>
    public int End { get; }

    /// <summary>Number of UTF-16 code units covered; 0 for an empty span.</summary>
    public int Length => End - Start;

    /// <summary>The characters covered in <paramref name="text"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span reaches beyond <paramref name="text"/>.</exception>
    public string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(End, text.Length, nameof(text));
        return text[Start..End];
    }

    /// <summary>Whether <paramref name="other"/> lies wholly inside this span.</summary>
    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;

    /// <summary>Whether the two spans share at least one code unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    /// <summary>The same range, counted from a text that begins <paramref name="offset"/> code units earlier.</summary>
    public TextSpan Shift(int offset) => new(Start + offset, End + offset);

    /// <summary>Orders by start, then by end.</summary>
    public int CompareTo(TextSpan other) => Start != other.Start ? Start.CompareTo(other.Start) : End.CompareTo(other.End);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(TextSpan left, TextSpan right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(TextSpan left, TextSpan right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(TextSpan left, TextSpan right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(TextSpan left, TextSpan right) => left.CompareTo(right) >= 0;

    /// <summary>The span as <c>[start,end)</c>.</summary>
    public override string ToString() => $"[{Start},{End})";
}
