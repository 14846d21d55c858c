using System.Numerics;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Positions, slices and repetitions of sequences.</summary>
internal static class Sequences
{
    /// <summary>The position, 0 or more, that an index names in a sequence.</summary>
    public static int Position(string sequence, Value index, int length) => (int)LongPosition(sequence, index, length);

    /// <inheritdoc cref="Position"/>
    public static long LongPosition(string sequence, Value index, long length)
    {
        var at = index.IsInt ? index.Bits : Integers.Of(index) is { } number
            ? Integers.Clamp(number)
            : throw Raise.TypeError($"{sequence.Split(' ')[0]} indices must be integers or slices, not {index.Type.Name}");
        at = at < 0 ? at + length : at;
        return at >= 0 && at < length ? at : throw Raise.IndexError($"{sequence} index out of range");
    }

    public static Value[] Slice(Run run, ReadOnlySpan<Value> items, PySlice slice)
    {
        var (first, count, stride) = slice.Resolve(items.Length);
        run.Fill(count, 16);
        if (stride == 1)
        {
            return items.Slice((int)first, (int)count).ToArray();
        }

        var chosen = new Value[count];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = items[(int)(first + (i * stride))];
        }

        return chosen;
    }

    public static Value[] Repeat(Run run, ReadOnlySpan<Value> items, BigInteger times)
    {
        if (times.Sign <= 0 || items.Length == 0)
        {
            return [];
        }

        run.Fill(Integers.Clamp(times * items.Length), 16);
        var repeated = new Value[(int)times * items.Length];
        for (var i = 0; i < repeated.Length; i += items.Length)
        {
            items.CopyTo(repeated.AsSpan(i));
        }

        return repeated;
    }
}
