using System.Text;

namespace Rag.Pdf.Content;

/// <summary>Names in content as strings, each made once.</summary>
internal sealed class NameTable
{
    private static readonly UTF8Encoding _utf8 = new(false, throwOnInvalidBytes: true);
    private readonly HashSet<string> _known;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public NameTable()
    {
        _known = new(StringComparer.Ordinal);
        _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The name as <see cref="Files.PdfName"/> has it: # escapes resolved, UTF-8 or else Latin-1.</summary>
    public string this[ReadOnlySpan<byte> name]
    {
        get
        {
            if (name.Length > 64 || !Ascii.IsValid(name) || name.Contains((byte)'#'))
            {
                return Decode(name);
            }

            Span<char> chars = stackalloc char[name.Length];
            Encoding.ASCII.GetChars(name, chars);
            if (_lookup.TryGetValue(chars, out var known))
            {
                return known;
            }

            known = chars.ToString();
            _known.Add(known);
            return known;
        }
    }

    private static string Decode(ReadOnlySpan<byte> name)
    {
        var bytes = new byte[name.Length];
        var count = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '#' && i + 2 < name.Length && char.IsAsciiHexDigit((char)name[i + 1]) && char.IsAsciiHexDigit((char)name[i + 2]))
            {
                bytes[count++] = Convert.FromHexString(Encoding.ASCII.GetString(name.Slice(i + 1, 2)))[0];
                i += 2;
            }
            else
            {
                bytes[count++] = name[i];
            }
        }

        try
        {
            return _utf8.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes, 0, count);
        }
    }
}
