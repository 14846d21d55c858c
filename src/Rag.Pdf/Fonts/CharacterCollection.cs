using System.Collections.Concurrent;
using System.Text;

namespace Rag.Pdf.Fonts;

/// <summary>The characters of one of Adobe's character collections for Chinese, Japanese and Korean (9.7.3): CIDs and text. Safe for concurrent use.</summary>
internal sealed class CharacterCollection
{
    private static readonly ConcurrentDictionary<string, Lazy<CharacterCollection>> Read = new(StringComparer.Ordinal);

    private readonly string _name;
    private readonly string?[] _texts;
    private readonly Lazy<ushort[]> _cids;

    private CharacterCollection(string name, string?[] texts)
    {
        _name = name;
        _texts = texts;
        _cids = new(Inverse);
    }

    /// <summary>The collection called so, such as <c>Adobe-Japan1</c>; <see langword="null"/> where it is none of ours.</summary>
    public static CharacterCollection? Find(string name) =>
        name is "Adobe-Japan1" or "Adobe-GB1" or "Adobe-CNS1" or "Adobe-Korea1" or "Adobe-KR"
            ? Read.GetOrAdd(name, n => new(() => new(n, Unpack(FontResource.Bytes(n))))).Value
            : null;

    public string? TextOf(int cid) => cid >= 0 && cid < _texts.Length ? _texts[cid] : null;

    /// <summary>The lowest CID of a character of the basic plane, or <see langword="null"/>.</summary>
    public int? CidOf(string text) => text.Length == 1 && _cids.Value[text[0]] is > 0 and var cid ? cid : null;

    // The lowest CID of a character, but those of half-width kana (390 to 632 of Adobe-Japan1) only where there is no other.
    private ushort[] Inverse()
    {
        var cids = new ushort[65536];
        for (var cid = _texts.Length - 1; cid > 0; cid--)
        {
            if (_texts[cid] is { Length: 1 } text && (!IsHalfWidthKana(cid) || cids[text[0]] == 0))
            {
                cids[text[0]] = (ushort)cid;
            }
        }

        return cids;
    }

    private bool IsHalfWidthKana(int cid) => _name == "Adobe-Japan1" && cid is >= 390 and <= 632;

    // The number of CIDs; for each 0 (none) or 1 + the zigzag difference of its code point from that which follows the one before, all as base-128 numbers, low bits first;
    // then UTF-8 text: a line with CID, blank and characters for each CID that has more than one.
    private static string?[] Unpack(byte[] bytes)
    {
        var position = 0;
        var texts = new string?[Number()];
        var character = 0;
        for (var cid = 0; cid < texts.Length; cid++)
        {
            if (Number() is > 0 and var step)
            {
                character += 1 + ((step - 1) >> 1 ^ -((step - 1) & 1));
                texts[cid] = GlyphText.Clean(char.ConvertFromUtf32(character));
            }
        }

        foreach (var line in Encoding.UTF8.GetString(bytes.AsSpan(position)).AsSpan().EnumerateLines())
        {
            if (line.IndexOf(' ') is > 0 and var blank)
            {
                texts[int.Parse(line[..blank], System.Globalization.CultureInfo.InvariantCulture)] = GlyphText.Clean(line[(blank + 1)..]);
            }
        }

        return texts;

        int Number()
        {
            var value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var b = bytes[position++];
                value |= (b & 127) << shift;
                if (b < 128)
                {
                    return value;
                }
            }
        }
    }
}
