namespace Rag.Indexing;

/// <summary>The beginning of a term as a number: where numbers differ they are ordered as the terms are (ordinal).</summary>
internal static class TermKey
{
    private const int Length = 8;
    private const int Wide = 0xFF; // this character or any above it; nothing is told of what follows

    /// <summary>The first eight characters, a byte each.</summary>
    public static ulong Of(ReadOnlySpan<char> term)
    {
        var key = 0UL;
        var shift = 56;
        foreach (var c in term.Length > Length ? term[..Length] : term)
        {
            if (c >= Wide)
            {
                return key | ((ulong)Wide << shift);
            }

            key |= (ulong)c << shift;
            shift -= 8;
        }

        return key;
    }

    /// <summary>Whether the number holds all of a term: no other term of that length has it.</summary>
    public static bool IsWhole(ReadOnlySpan<char> term) => term.Length <= Length && !term.ContainsAnyInRange((char)Wide, char.MaxValue);
}
