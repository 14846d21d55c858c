using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Rag.Pdf.Fonts;

/// <summary>A Type0 font (9.7). Glyphs are made by pages of 256 when one of them is first shown.</summary>
internal sealed class CompositeFont : PdfFont
{
    // What a string may make us remember of codes of three and four bytes.
    private const int MaxLong = 65536;

    private readonly CompositeGlyphs _glyphs;
    private readonly bool _isTwoBytes;
    private readonly FontGlyph[]?[] _pages = new FontGlyph[]?[256];
    private readonly ConcurrentDictionary<uint, FontGlyph> _long = new();
    private FontGlyph[]? _single;

    public CompositeFont(FontTraits traits, CompositeGlyphs glyphs)
        : base(traits)
    {
        _glyphs = glyphs;
        CMapBytes = glyphs.CMapBytes;
        _isTwoBytes = glyphs.CMap.Space.IsTwoBytes;
        IsVertical = glyphs.CMap.IsVertical;
    }

    [MethodImpl(HotPath.Options)]
    public override int Read(ReadOnlySpan<byte> text, out FontGlyph glyph)
    {
        if (!_isTwoBytes || text.Length < 2)
        {
            return ReadAny(text, out glyph);
        }

        glyph = FromPage(ref _pages[text[0]], text[0], text[1], 2);
        return 2;
    }

    private int ReadAny(ReadOnlySpan<byte> text, out FontGlyph glyph)
    {
        var length = _glyphs.CMap.Space.Next(text, out var code);
        switch (length)
        {
            case 1:
                glyph = FromPage(ref _single, 0, text[0], 1);
                break;
            case 2:
                glyph = FromPage(ref _pages[text[0]], text[0], text[1], 2);
                break;
            default:
                if (!_long.TryGetValue(code | (uint)(length & 3) << 30, out glyph))
                {
                    glyph = _glyphs.Make(code, length, isComplete: true);
                    if (_long.Count < MaxLong)
                    {
                        _long.TryAdd(code | (uint)(length & 3) << 30, glyph);
                    }
                }

                break;
        }

        return length;
    }

    private FontGlyph FromPage(ref FontGlyph[]? page, byte high, byte low, int length)
    {
        var glyphs = page ?? Fill(ref page, high, length, isComplete: false);
        return glyphs[low].Text is null ? Fill(ref page, high, length, isComplete: true)[low] : glyphs[low];
    }

    private FontGlyph[] Fill(ref FontGlyph[]? page, byte high, int length, bool isComplete)
    {
        var glyphs = new FontGlyph[256];
        for (uint low = 0; low < 256; low++)
        {
            glyphs[low] = _glyphs.Make((uint)high << 8 | low, length, isComplete);
        }

        Volatile.Write(ref page, glyphs);
        return glyphs;
    }
}
