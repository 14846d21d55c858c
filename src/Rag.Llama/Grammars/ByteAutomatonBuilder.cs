using System.Runtime.InteropServices;

namespace Rag.Llama.Grammars;

/// <summary>Turns sets of characters into states over UTF-8 bytes; equal remainders share a state.</summary>
internal sealed class ByteAutomatonBuilder
{
    // Unicode 16, table 3-6: bits of the first byte, and the characters that each length holds
    private static readonly (int Low, int High, int Lead, int Continuations)[] Lengths =
        [(0, 0x7F, 0, 0), (0x80, 0x7FF, 0xC0, 1), (0x800, 0xFFFF, 0xE0, 2), (0x10000, CodePointSet.Last, 0xF0, 3)];

    private readonly List<int[]> _rows = [];
    private readonly Dictionary<string, int> _known = [];

    // the states before one to three continuation bytes of any value, which most classes need many times
    private readonly int?[] _full = new int?[4];

    /// <summary>The state before the first byte of a character of <paramref name="set"/>.</summary>
    public int Add(CodePointSet set)
    {
        var row = EmptyRow();
        foreach (var (low, high, lead, continuations) in Lengths)
        {
            Fill(row, lead, Clip(set.Ranges, low, high), continuations);
        }

        return Intern(row);
    }

    public ByteAutomaton Build() => ByteAutomaton.Pack(_rows);

    /// <summary>Sets the targets of the bytes at this place, given the values that this byte and those after it may spell.</summary>
    private void Fill(int[] row, int firstByte, List<(int Low, int High)> values, int continuations)
    {
        var bits = 6 * continuations;
        foreach (var (low, high) in values)
        {
            for (var block = low >> bits; block <= high >> bits; block++)
            {
                if (row[firstByte + block] == ByteAutomaton.None)
                {
                    row[firstByte + block] = continuations == 0 ? ByteAutomaton.Done : Continue(values, block, continuations);
                }
            }
        }
    }

    private int Continue(List<(int Low, int High)> values, int block, int continuations)
    {
        var start = block << (6 * continuations);
        var last = start + (1 << (6 * continuations)) - 1;
        var inside = Clip(values, start, last);
        return inside is [var (low, high)] && low == start && high == last
            ? _full[continuations] ??= Spell(inside, start, continuations)
            : Spell(inside, start, continuations);
    }

    private int Spell(List<(int Low, int High)> inside, int start, int continuations)
    {
        for (var i = 0; i < inside.Count; i++)
        {
            inside[i] = (inside[i].Low - start, inside[i].High - start);
        }

        var row = EmptyRow();
        Fill(row, 0x80, inside, continuations - 1);
        return Intern(row);
    }

    private int Intern(int[] row)
    {
        var key = new string(MemoryMarshal.Cast<int, char>(row));
        if (_known.TryGetValue(key, out var state))
        {
            return state;
        }

        if (_rows.Count >= GrammarLimits.ByteStates)
        {
            throw new GrammarException($"The character classes need more than {GrammarLimits.ByteStates} states. Use fewer or simpler classes.");
        }

        _rows.Add(row);
        _known.Add(key, _rows.Count - 1);
        return _rows.Count - 1;
    }

    private static int[] EmptyRow()
    {
        var row = new int[256];
        Array.Fill(row, ByteAutomaton.None);
        return row;
    }

    private static List<(int Low, int High)> Clip(IEnumerable<(int Low, int High)> ranges, int low, int high) =>
        [.. ranges.Where(range => range.Low <= high && range.High >= low).Select(range => (Math.Max(range.Low, low), Math.Min(range.High, high)))];
}
