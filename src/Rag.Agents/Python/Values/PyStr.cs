using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A string. Python counts code points, .NET UTF-16 units: they differ only where there are surrogate pairs.</summary>
internal sealed class PyStr(string text) : PyObject
{
    private long hash;
    private int[]? starts;
    private int pairs = -1;

    public string Text { get; } = text;

    public override PyType Type => Types.Str;

    public override long Size => 56 + (2L * Text.Length) + (starts is null ? 0 : 4L * starts.Length);

    /// <summary>Length in code points.</summary>
    public int Count => Text.Length - Pairs;

    private int Pairs
    {
        get
        {
            if (pairs < 0)
            {
                pairs = 0;
                for (var i = Text.AsSpan().IndexOfAnyInRange('\uD800', '\uDBFF'); i >= 0 && i + 1 < Text.Length; i++)
                {
                    pairs += char.IsSurrogatePair(Text[i], Text[i + 1]) ? 1 : 0;
                }
            }

            return pairs;
        }
    }

    /// <summary>UTF-16 position of a code point, 0 to <see cref="Count"/>.</summary>
    public int Position(Run run, int codePoint) => Pairs == 0 ? codePoint : Starts(run)[codePoint];

    /// <summary>Code point that starts at, or before, a UTF-16 position.</summary>
    public int CodePoint(Run run, int position)
    {
        if (Pairs == 0)
        {
            return position;
        }

        var at = Array.BinarySearch(Starts(run), position);
        return at >= 0 ? at : ~at - 1;
    }

    public string At(Run run, int codePoint)
    {
        var start = Position(run, codePoint);
        return Text[start..(Pairs == 0 ? start + 1 : Starts(run)[codePoint + 1])];
    }

    public override string Repr(Run run) => TextOf.Quoted(run, Text);

    public override string Str(Run run) => Text;

    public override string Format(Run run, string specification) => Formatting.Text(run, this, specification);

    public override long? Length(Run run) => Count;

    public override bool IsEqual(Run run, Value other)
    {
        if (other.Ref is not PyStr text || text.Text.Length != Text.Length)
        {
            return false;
        }

        run.Step(Text.Length / 64);
        return text.Text == Text;
    }

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        if (other.Ref is not PyStr text)
        {
            result = false;
            return false;
        }

        run.Step(Text.Length / 64);
        result = comparison.Holds(TextOf.Compare(Text, text.Text));
        return true;
    }

    public override long Hash(Run run)
    {
        if (hash == 0)
        {
            run.Step(Text.Length / 64);
            var value = 14695981039346656037UL;
            foreach (var c in Text)
            {
                value = (value ^ c) * 1099511628211UL;
            }

            value ^= value >> 32;
            hash = value == 0 ? 1 : (long)value;
        }

        return hash;
    }

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        switch (operation)
        {
            case BinaryOperator.Add when !reflected:
                result = other.Ref is PyStr tail ? Joined(run, Text, tail.Text) : throw Raise.TypeError($"can only concatenate str (not \"{other.Type.Name}\") to str");
                return true;
            case BinaryOperator.Multiply when Integers.Of(other) is { } times:
                result = Repeated(run, Text, times);
                return true;
            case BinaryOperator.Modulo when !reflected:
                result = PercentFormat.Apply(run, Text, other);
                return true;
            default:
                return false;
        }
    }

    public override PyIterator Iterate(Run run) => new SequenceIterator("str_ascii_iterator", this, (run, i) => i < Count ? (Value)At(run, i) : default);

    public override bool Contains(Run run, Value item)
    {
        var part = item.Ref is PyStr text ? text.Text : throw Raise.TypeError($"'in <string>' requires string as left operand, not {item.Type.Name}");
        run.Step(Searching.Cost(Text, part));
        return Text.Contains(part, StringComparison.Ordinal);
    }

    public override Value GetItem(Run run, Value index)
    {
        if (index.Ref is PySlice slice)
        {
            var (start, count, step) = slice.Resolve(Count);
            return Slice(run, start, count, step);
        }

        return At(run, Sequences.Position("string", index, Count));
    }

    private string Slice(Run run, long start, long count, long step)
    {
        if (count <= 0)
        {
            return "";
        }

        run.Fill(count, 2);
        if (step == 1)
        {
            return Text[Position(run, (int)start)..Position(run, (int)(start + count))];
        }

        var builder = new System.Text.StringBuilder();
        for (var i = 0; i < count; i++)
        {
            builder.Append(At(run, (int)(start + (i * step))));
        }

        return builder.ToString();
    }

    private int[] Starts(Run run)
    {
        if (starts is null)
        {
            run.Fill(Text.Length, 4);
            List<int> found = [];
            for (var i = 0; i < Text.Length; i += char.IsSurrogatePair(Text, i) ? 2 : 1)
            {
                found.Add(i);
            }

            starts = [.. found, Text.Length];
        }

        return starts;
    }

    private static string Joined(Run run, string head, string tail)
    {
        run.Fill((long)head.Length + tail.Length, 2);
        return head + tail;
    }

    private static string Repeated(Run run, string text, System.Numerics.BigInteger times)
    {
        if (times.Sign <= 0 || text.Length == 0)
        {
            return "";
        }

        run.Fill(Integers.Clamp(times * text.Length), 2);
        return string.Create((int)times * text.Length, text, (span, part) =>
        {
            for (var i = 0; i < span.Length; i += part.Length)
            {
                part.CopyTo(span[i..]);
            }
        });
    }
}
