using System.Globalization;
using System.Text;
using System.Xml;
using Rag.Ingest.Reading.Docx;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading.Pptx;

/// <summary>Reads text of DrawingML (ECMA-376 part 1, 21.1.2): paragraphs with their bullets, numbers and levels.</summary>
/// <param name="package">The file.</param>
/// <param name="bullets">Whether a paragraph that does not say has a bullet, as in the body of a layout.</param>
internal sealed class PptxText(OfficePackage package, bool bullets)
{
    private const int Levels = 9;

    private readonly int[] _numbers = new int[Levels]; // of the last numbered paragraph at each level

    /// <summary>The paragraphs of the text body that the reader stands on; those without text are left out.</summary>
    public List<SlideBlock> Read(XmlReader reader)
    {
        var blocks = new List<SlideBlock>();
        foreach (var name in reader.Children(package))
        {
            if (name == "p")
            {
                var block = Paragraph(reader);
                if (!string.IsNullOrWhiteSpace(block.Text))
                {
                    blocks.Add(block);
                }
            }
        }

        return blocks;
    }

    private SlideBlock Paragraph(XmlReader reader)
    {
        var (text, level, bullet, number) = (new StringBuilder(), 0, bullets, (Format: (string?)null, Start: 1));
        foreach (var name in reader.Children(package))
        {
            if (name == "pPr")
            {
                level = Math.Clamp(Int(reader.GetAttribute("lvl")) ?? 0, 0, Levels - 1);
                foreach (var mark in reader.Children(package))
                {
                    (bullet, number) = mark switch
                    {
                        "buNone" => (false, default),
                        "buChar" or "buBlip" => (true, default),
                        "buAutoNum" => (true, (reader.GetAttribute("type"), Int(reader.GetAttribute("startAt")) ?? 1)),
                        _ => (bullet, number),
                    };
                }
            }
            else
            {
                Run(reader, name, text);
            }
        }

        if (string.IsNullOrWhiteSpace(text.ToString()))
        {
            return new(BlockKind.Paragraph, "");
        }

        _numbers.AsSpan(level + 1).Clear();
        _numbers[level] = number.Format is null ? 0 : _numbers[level] == 0 ? number.Start : _numbers[level] + 1;
        return !bullet ? new(BlockKind.Paragraph, text.ToString())
            : new(BlockKind.ListItem, $"{(number.Format is null ? "-" : Mark(_numbers[level], number.Format))} {text}", level + 1);
    }

    private void Run(XmlReader reader, string name, StringBuilder text)
    {
        switch (name)
        {
            case "r" or "fld" or "AlternateContent" or "Choice":
                foreach (var child in reader.Children(package))
                {
                    Run(reader, child, text);
                }

                break;
            case "t":
                text.Append(reader.TextContent());
                break;
            case "br":
                text.Append('\n');
                break;
            case "oMath" or "oMathPara":
                text.Append(DocxMath.Of(reader, package));
                break;
            case "m":
                foreach (var child in reader.Children(package))
                {
                    Run(reader, child, text);
                }

                break;
        }
    }

    // the format is a kind of numeral and what stands around it (20.1.10.61)
    private static string Mark(int number, string format)
    {
        var numeral = NumberFormat.Of(number, format switch
        {
            _ when format.StartsWith("alphaLc", StringComparison.Ordinal) => "lowerLetter",
            _ when format.StartsWith("alphaUc", StringComparison.Ordinal) => "upperLetter",
            _ when format.StartsWith("romanLc", StringComparison.Ordinal) => "lowerRoman",
            _ when format.StartsWith("romanUc", StringComparison.Ordinal) => "upperRoman",
            _ => "decimal",
        });
        return format.EndsWith("ParenBoth", StringComparison.Ordinal) ? $"({numeral})" : format.EndsWith("ParenR", StringComparison.Ordinal) ? $"{numeral})" : format.EndsWith("Plain", StringComparison.Ordinal) ? numeral : $"{numeral}.";
    }

    private static int? Int(string? value) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
