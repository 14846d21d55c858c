using Rag.Pdf.Content;
using Rag.Pdf.Fonts;
using Rag.Pdf.Layout;

namespace Rag.Pdf.Tests.Layout;

/// <summary>A page of letters, each half as wide as the font is large, painted in the order of the calls.</summary>
internal sealed class Sheet
{
    private static readonly PlainFont Regular = new(bold: false, isFixed: false);
    private static readonly PlainFont Bold = new(bold: true, isFixed: false);
    private static readonly PlainFont Fixed = new(bold: false, isFixed: true);

    private readonly PageContent _content;

    public Sheet(float width = 600, float height = 800) => _content = new() { Width = width, Height = height };

    /// <summary>Writes <paramref name="text"/> from (x, y), its baseline, in the direction of (dx, dy).</summary>
    public Sheet Write(float x, float y, string text, float size = 10, bool bold = false, bool code = false, float dx = 1, float dy = 0, LetterFlags flags = 0, float tracking = 0, bool spaces = true)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var advance = size / 2;
            if (spaces || rune.Value != ' ')
            {
                _content.Letters.Add(new()
                {
                    Text = rune.ToString(),
                    Font = code ? Fixed : bold ? Bold : Regular,
                    X = x,
                    Y = y,
                    DX = dx * advance,
                    DY = dy * advance,
                    Size = size,
                    MarkedContent = -1,
                    Flags = flags,
                });
            }

            x += dx * (advance + tracking);
            y += dy * (advance + tracking);
        }

        return this;
    }

    /// <summary>Writes lines one under the other.</summary>
    public Sheet Lines(float x, float y, float pitch, params string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            Write(x, y + (i * pitch), lines[i]);
        }

        return this;
    }

    public Sheet Rule(float x0, float y0, float x1, float y1)
    {
        _content.Rules.Add(new(x0, y0, x1, y1));
        return this;
    }

    public Sheet Image(float x0, float y0, float x1, float y1)
    {
        _content.Images.Add(new(x0, y0, x1, y1));
        return this;
    }

    public PageLines Read(PdfOptions? options = null) => PageLayout.Lines(_content, null, new(), options ?? new());

    /// <summary>The page, alone in its document.</summary>
    public PdfPage Page(PdfOptions? options = null)
    {
        var lines = Read(options);
        return PageLayout.Page(lines, [lines], 1, "1", new([]), options ?? new());
    }

    /// <summary>Its blocks, as <c>Kind: text</c>.</summary>
    public IReadOnlyList<string> Blocks()
    {
        var page = Page();
        return [.. page.Blocks.Select(b => $"{b.Kind}: {page.Text.Substring(b.Start, b.Length)}")];
    }

    private sealed class PlainFont : PdfFont
    {
        public PlainFont(bool bold, bool isFixed) => (IsBold, IsFixedPitch) = (bold, isFixed);

        public override int Read(ReadOnlySpan<byte> text, out FontGlyph glyph) => throw new NotSupportedException("Sheets write letters, not codes.");
    }
}
