using Rag.Pdf.Files.Security;

namespace Rag.Pdf.Files;

/// <summary>Reads objects (7.3) one after another. Lenient: what does not belong is skipped, what is not closed ends with the object.</summary>
internal ref struct ObjectParser(ReadOnlySpan<byte> source, int position, ParseContext context, ObjectCipher? cipher = null)
{
    /// <summary>Arrays and dictionaries within each other; deeper than any real file, and no danger for the stack.</summary>
    private const int MaxDepth = 200;

    /// <summary>Values in one object. A compressed object stream could hold hundreds of millions.</summary>
    private const int MaxValues = 1 << 20;

    private static readonly PdfBoolean True = new(true);
    private static readonly PdfBoolean False = new(false);
    private static readonly PdfNumber[] SmallNumbers = [.. Enumerable.Range(0, 1024).Select(i => new PdfNumber(i))];

    private readonly ReadOnlySpan<byte> _source = source;
    private readonly ParseContext _context = context;
    private readonly ObjectCipher? _cipher = cipher;
    private int _openArrays;
    private bool _unbalanced;
    private bool _ended;

    /// <summary>Where the next object begins.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Values read so far: what the objects cost in memory, roughly.</summary>
    public int Values { get; private set; }

    /// <summary>The next object; <see langword="null"/> for the null object and where there is none.</summary>
    public PdfObject? Read() => TryRead(0, out var value) ? value : null;

    /// <summary>Reads a value; <see langword="false"/> before <c>]</c> or <c>&gt;&gt;</c> and at the end of the object.</summary>
    private bool TryRead(int depth, out PdfObject? value)
    {
        value = null;
        while (!_ended)
        {
            Position = Scanner.SkipWhite(_source, Position);
            if (Position >= _source.Length || IsOver(depth))
            {
                break;
            }

            var first = _source[Position];
            switch (first)
            {
                case (byte)'/':
                    value = ReadName();
                    return true;
                case (byte)'(':
                    value = ReadLiteral();
                    return true;
                case (byte)'[':
                    Position++;
                    value = ReadArray(depth + 1);
                    return true;
                case (byte)'<':
                    value = Next() == '<' ? ReadDictionary(depth + 1) : ReadHex();
                    return true;
                case (byte)']':
                case (byte)'>' when Next() == '>':
                    return false;
                case (byte)'>' or (byte)')' or (byte)'{' or (byte)'}':
                    Position++;
                    break;
                default:
                    if (Scanner.IsNumberStart(first))
                    {
                        value = ReadNumber();
                        return true;
                    }

                    if (TryKeyword(out value))
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    private readonly int Next() => Position + 1 < _source.Length ? _source[Position + 1] : -1;

    private bool IsOver(int depth)
    {
        if (depth > MaxDepth)
        {
            _context.Warnings.Add($"An object nested more than {MaxDepth} levels deep was cut there.");
            _ended = true;
        }
        else if (++Values > MaxValues)
        {
            _context.Warnings.Add($"An object of more than {MaxValues} values was cut there.");
            _ended = true;
        }

        return _ended;
    }

    private PdfName ReadName()
    {
        var start = Position + 1;
        Position = Scanner.EndOfRegular(_source, start);
        return _context.Names.Get(_source[start..Position]);
    }

    private PdfString ReadLiteral()
    {
        var start = Position + 1;
        var end = _unbalanced ? -1 : Scanner.EndOfLiteral(_source, start);
        if (end < 0)
        {
            // the first closing parenthesis is the best guess, also for the strings that follow
            _unbalanced = true;
            end = _source[start..].IndexOf((byte)')');
            end = end < 0 ? _source.Length : start + end;
        }

        var bytes = new byte[end - start];
        var length = Scanner.DecodeLiteral(_source[start..end], bytes);
        Position = Math.Min(end + 1, _source.Length);
        return MakeString(bytes, length);
    }

    private PdfString ReadHex()
    {
        var start = Position + 1;
        var end = Scanner.EndOfHex(_source, start);
        var bytes = new byte[(end - start + 1) / 2];
        var length = Scanner.DecodeHex(_source[start..end], bytes);
        Position = end < _source.Length && _source[end] == '>' ? end + 1 : end;
        return MakeString(bytes, length);
    }

    private PdfString MakeString(byte[] bytes, int length)
    {
        Values += length >> 6; // long strings cost memory too
        return new(_cipher is not null ? _cipher.DecryptString(bytes.AsSpan(0, length)) : length == bytes.Length ? bytes : bytes[..length]);
    }

    private PdfArray ReadArray(int depth)
    {
        var items = new List<PdfObject?>();
        _openArrays++;
        while (TryRead(depth, out var item))
        {
            items.Add(item);
        }

        _openArrays--;
        if (!_ended && Position < _source.Length && _source[Position] == ']')
        {
            Position++;
        }

        return new(items, _context.Objects);
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        var entries = new Dictionary<string, PdfObject?>();
        Position += 2;
        while (!_ended)
        {
            Position = Scanner.SkipWhite(_source, Position);
            if (Position >= _source.Length)
            {
                break;
            }

            var first = _source[Position];
            if (first == '/')
            {
                var key = ReadName().Value;
                if (TryRead(depth, out var value) && value is not null)
                {
                    entries[key] = value;
                }
            }
            else if (first == '>' && Next() == '>')
            {
                Position += 2;
                break;
            }
            else if (first == ']' && _openArrays > 0)
            {
                break; // closes an array around this dictionary, which nothing closes
            }
            else if (first is (byte)']' or (byte)'>')
            {
                Position++;
            }
            else
            {
                TryRead(depth, out _); // something that is no key
            }
        }

        return new(entries, _context.Objects);
    }

    private PdfObject ReadNumber()
    {
        var position = Position;
        var value = Scanner.Number(_source, ref position, out var isInteger);
        Position = position;
        if (isInteger && value is >= 0 and <= int.MaxValue)
        {
            if (TryReference(out var generation))
            {
                return new PdfReference((int)value, generation);
            }

            if (value < SmallNumbers.Length)
            {
                return SmallNumbers[(int)value];
            }
        }

        return new PdfNumber(value);
    }

    /// <summary>Reads <c>G R</c> after an object number.</summary>
    private bool TryReference(out int generation)
    {
        generation = 0;
        if (Position >= _source.Length || !Scanner.IsWhite(_source[Position]))
        {
            return false;
        }

        var p = Scanner.SkipWhite(_source, Position);
        if (!Scanner.TryDigits(_source, ref p, out generation) || p >= _source.Length || !Scanner.IsWhite(_source[p]))
        {
            return false;
        }

        p = Scanner.SkipWhite(_source, p);
        if (!Scanner.IsKeyword(_source, p, "R"u8))
        {
            return false;
        }

        Position = p + 1;
        return true;
    }

    /// <summary>Reads a keyword; <see langword="false"/> where it is no value but skipped or the end of the object.</summary>
    private bool TryKeyword(out PdfObject? value)
    {
        var end = Scanner.EndOfRegular(_source, Position);
        var word = _source[Position..end];
        value = null;
        if (word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8))
        {
            value = word[0] == 't' ? True : False;
        }
        else if (!word.SequenceEqual("null"u8))
        {
            // obj: the next object begins, and nothing ended this one
            _ended = word.EndsWith("obj"u8) || word.EndsWith("stream"u8) || word.EndsWith("xref"u8) || word.SequenceEqual("trailer"u8);
            Position = _ended ? Position : end;
            return false;
        }

        Position = end;
        return true;
    }
}
