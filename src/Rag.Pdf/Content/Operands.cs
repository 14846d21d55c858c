using System.Runtime.CompilerServices;
namespace Rag.Pdf.Content;

/// <summary>What an operand is. Arrays and dictionaries lie flat: their brackets are operands too.</summary>
internal enum OperandKind : byte
{
    Number,
    Name,
    Text,
    Other,
    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
}

/// <summary>The operands before an operator (7.8.2), reused from operator to operator without allocation.</summary>
internal sealed class Operands
{
    private const int Most = 4_000_000;
    private OperandKind[] _kinds = new OperandKind[64];
    private double[] _numbers = new double[64];
    private int[] _starts = new int[64];
    private int[] _lengths = new int[64];
    private byte[] _unescaped = new byte[256];
    private int _unescapedCount;

    public int Count { get; private set; }

    public OperandKind this[int index] => _kinds[index];

    public void Clear()
    {
        Count = 0;
        _unescapedCount = 0;
    }

    public void Push(double number)
    {
        var at = Count;
        if ((uint)at >= (uint)_kinds.Length && !Grow())
        {
            return;
        }

        _kinds[at] = OperandKind.Number;
        _numbers[at] = number;
        Count = at + 1;
    }

    public void Push(OperandKind kind) => Push(kind, 0, 0);

    /// <summary>Takes a name or string that stands in the content as it is meant.</summary>
    public void Push(OperandKind kind, int start, int length)
    {
        var at = Count;
        if ((uint)at >= (uint)_kinds.Length && !Grow())
        {
            return;
        }

        _kinds[at] = kind;
        _starts[at] = start;
        _lengths[at] = length;
        Count = at + 1;
    }

    /// <summary>Room to unescape a string into; what is used of it is given to <see cref="PushUnescaped"/>.</summary>
    public Span<byte> Unescaping(int length)
    {
        if (_unescaped.Length - _unescapedCount < length)
        {
            Array.Resize(ref _unescaped, Math.Max(_unescaped.Length * 2, _unescapedCount + length));
        }

        return _unescaped.AsSpan(_unescapedCount);
    }

    public void PushUnescaped(int length)
    {
        Push(OperandKind.Text, ~_unescapedCount, length);
        _unescapedCount += length;
    }

    /// <summary>The last <paramref name="count"/> operands, or nothing where these are not all numbers.</summary>
    [MethodImpl(HotPath.Options)]
    public ReadOnlySpan<double> Numbers(int count)
    {
        if (Count < count)
        {
            return default;
        }

        foreach (var kind in _kinds.AsSpan(Count - count, count))
        {
            if (kind != OperandKind.Number)
            {
                return default;
            }
        }

        return _numbers.AsSpan(Count - count, count);
    }

    /// <summary>All numbers at the end of the operands, at most <paramref name="most"/>.</summary>
    public ReadOnlySpan<double> LastNumbers(int most)
    {
        var count = 0;
        while (count < most && count < Count && _kinds[Count - 1 - count] == OperandKind.Number)
        {
            count++;
        }

        return _numbers.AsSpan(Count - count, count);
    }

    public double Number(int index) => _numbers[index];

    /// <summary>The bytes of a name or string.</summary>
    public ReadOnlySpan<byte> Bytes(int index, ReadOnlySpan<byte> content)
    {
        var start = _starts[index];
        return start < 0 ? _unescaped.AsSpan(~start, _lengths[index]) : content.Slice(start, _lengths[index]);
    }

    /// <summary>Where the value stands that follows <paramref name="key"/> in the first dictionary, or among bare pairs where <paramref name="bare"/>; -1 where there is none.</summary>
    public int Find(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, bool bare = false)
    {
        var depth = bare ? 1 : 0;
        var isKey = bare;
        for (var i = 0; i < Count; i++)
        {
            switch (_kinds[i])
            {
                case OperandKind.DictionaryStart:
                case OperandKind.ArrayStart:
                    isKey = depth++ == 0;
                    break;
                case OperandKind.DictionaryEnd:
                case OperandKind.ArrayEnd:
                    isKey = --depth == 1;
                    break;
                case OperandKind.Name when depth == 1 && isKey:
                    if (i + 1 < Count && Bytes(i, content).SequenceEqual(key))
                    {
                        return i + 1;
                    }

                    isKey = false;
                    break;
                default:
                    isKey = depth == 1;
                    break;
            }
        }

        return -1;
    }

    private bool Grow()
    {
        if (_kinds.Length >= Most)
        {
            return false;
        }

        var size = Math.Min(_kinds.Length * 2, Most);
        Array.Resize(ref _kinds, size);
        Array.Resize(ref _numbers, size);
        Array.Resize(ref _starts, size);
        Array.Resize(ref _lengths, size);
        return true;
    }
}
