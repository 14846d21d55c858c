using System.Text;
using Rag.Pdf.Files;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>Letters for the value of a form field that has no appearance (12.7.4), and for other text in a box: upright, in the default font.</summary>
internal sealed class FieldText(PageContent page, PdfDictionary? form, FontCache fonts)
{
    private const int DeepestField = 32;
    private const int MostCharacters = 100_000; // of all fields of a page
    private const int IsMultiline = 1 << 12;
    private const int IsPassword = 1 << 13;
    private const float DefaultSize = 12;
    private const float Leading = 1.2f;
    private const float Margin = 2;
    private int _left = MostCharacters;

    /// <summary>Shows the value of the field that a widget stands for.</summary>
    public void Show(PdfDictionary widget, in Rectangle box)
    {
        if (_left <= 0)
        {
            return;
        }

        var flags = (Inherited(widget, "Ff") as PdfNumber)?.Value is >= 0 and < int.MaxValue and var f ? (int)f : 0;
        var value = (Inherited(widget, "FT") as PdfName)?.Value switch
        {
            "Tx" when (flags & IsPassword) == 0 => Value(Inherited(widget, "V")),
            "Ch" => Choice(widget),
            _ => null,
        };
        if (value is not null)
        {
            Show(value, Size(Inherited(widget, "DA") as PdfString ?? form?.String("DA")), (flags & IsMultiline) != 0, box);
        }
    }

    /// <summary>Shows text in a box, from its top left.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Font size; 0 for one that fits.</param>
    /// <param name="isMultiline">Whether the text runs over several lines, as many as it has itself.</param>
    /// <param name="box">The box on the displayed page.</param>
    public void Show(string text, float size, bool isMultiline, in Rectangle box)
    {
        var shown = text.AsSpan().Trim();
        shown = shown[..Math.Clamp(_left, 0, shown.Length)];
        _left -= text.Length;
        var lines = shown.ToString().ReplaceLineEndings("\n").Split('\n');
        if (!isMultiline)
        {
            lines = [string.Join(' ', lines)];
        }

        size = size > 0 ? size : Math.Clamp(box.Height / lines.Length / Leading, 1, DefaultSize);
        var font = fonts.Default;
        var middle = (box.Y0 + box.Y1 + ((font.Ascent + font.Descent) * size)) / 2;
        var y = isMultiline ? box.Y0 + Margin + (font.Ascent * size) : middle;
        foreach (var line in lines)
        {
            Line(line, font, size, y, box);
            y += size * Leading;
        }
    }

    private static string? Value(PdfObject? value)
    {
        if (value is not PdfStream stream)
        {
            return (value as PdfString)?.ToText();
        }

        using var bytes = stream.Decode();
        return TextString.Decode(bytes.Span);
    }

    // the size in a default appearance such as "/Helv 12 Tf 0 g"; 0 means one that fits
    private static float Size(PdfString? appearance)
    {
        if (appearance is null)
        {
            return 0;
        }

        var operands = new Operands();
        var lexer = new ContentLexer(appearance.Bytes);
        while (lexer.Next(operands) is var op && op != ContentLexer.End)
        {
            if (op == ('T' | 'f' << 8) && operands.Numbers(1) is [var size])
            {
                return size is > 0 and < 1000 ? (float)size : 0;
            }

            operands.Clear();
        }

        return 0;
    }

    // options are written as texts, or as pairs of the value to export and the text to show
    private string Choice(PdfDictionary widget)
    {
        var value = Inherited(widget, "V");
        var chosen = value is PdfArray several ? Enumerable.Range(0, several.Count).Select(i => Value(several[i])) : [Value(value)];
        var options = Inherited(widget, "Opt") as PdfArray;
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        _left -= options?.Count ?? 0;
        for (var i = 0; i < options?.Count; i++)
        {
            if (options[i] is PdfArray { Count: > 1 } pair && Value(pair[0]) is { } key && Value(pair[1]) is { } label)
            {
                shown.TryAdd(key, label);
            }
        }

        return string.Join('\n', chosen.OfType<string>().Select(c => shown.GetValueOrDefault(c, c)));
    }

    private static PdfObject? Inherited(PdfDictionary field, string key)
    {
        var node = field;
        for (var depth = 0; node is not null && depth < DeepestField; depth++)
        {
            if (node[key] is { } value)
            {
                return value;
            }

            node = node["Parent"] as PdfDictionary;
        }

        return null;
    }

    private void Line(string line, PdfFont font, float size, float y, in Rectangle box)
    {
        var x = box.X0 + Margin;
        foreach (var rune in line.EnumerateRunes())
        {
            var width = Width(rune, font) * size;
            page.Letters.Add(new()
            {
                Text = Rune.IsWhiteSpace(rune) ? " " : rune.ToString(),
                Font = font,
                X = x,
                Y = y,
                X0 = x,
                X1 = x + width,
                Y0 = y - (font.Ascent * size),
                Y1 = y - (font.Descent * size),
                DX = width,
                Size = size,
                MarkedContent = -1,
                Flags = LetterFlags.Annotation,
            });
            x += width;
        }
    }

    private static float Width(Rune rune, PdfFont font)
    {
        if (rune.Value > 255)
        {
            return rune.Value >= 0x1100 ? 1 : 0.55f;
        }

        font.Read([(byte)rune.Value], out var glyph);
        return glyph.Width;
    }
}
