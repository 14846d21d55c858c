using System.Diagnostics;
using Rag.Pdf.Content;

namespace Rag.Pdf.Tests.Content;

public sealed class FormTests
{
    private const string Text = "BT /F 10 Tf 0 0 Td (ab) Tj ET";

    [Fact]
    public void Form_has_its_own_space_and_box()
    {
        var page = ShownPage.Of("q 1 0 0 1 10 20 cm /X Do Q", more: pdf => Form(pdf, Text, "/Matrix [2 0 0 2 5 5] /BBox [0 -5 4 20]"));

        Assert.Equal([(15, 75), (25, 75)], page.Letters.Select(l => l.Place()));
        Assert.Equal([LetterFlags.None, LetterFlags.Invisible | LetterFlags.Clipped], page.Letters.Select(l => l.Flags));
        Assert.Equal(20, page.Letters[0].Size);
    }

    [Fact]
    public void Form_uses_its_own_resources_and_else_those_around()
    {
        var page = ShownPage.Of("/X Do", more: pdf => Form(pdf, "BT /F 10 Tf 0 50 Td (a) Tj /G 10 Tf (b) Tj ET", $"/BBox [0 0 200 100] /Resources << /Font << /G {pdf.AddFont("Own")} 0 R >> >>"));

        Assert.Equal(["F", "Own"], page.Letters.Select(l => l.Font.Name));
    }

    [Fact]
    public void Form_leaves_the_state_as_it_was()
    {
        var page = ShownPage.Of("BT /F 10 Tf 20 50 Td (a) Tj /X Do (b) Tj ET", more: pdf => Form(pdf, "Q Q EMC q q /F 30 Tf 3 Tr 9 Tc 100 100 m BT 50 50 Td (x) Tj /P BMC", "/BBox [0 0 200 100]"));

        Assert.Equal([(20, 50), (50, 50), (25, 50)], page.Letters.Select(l => l.Place()));
        Assert.Equal(LetterFlags.None, page.Letters[2].Flags);
    }

    [Fact]
    public void Form_that_calls_itself_ends()
    {
        var page = ShownPage.Of("/X Do", more: pdf =>
        {
            var form = pdf.Reserve();
            pdf.SetStream(form, "BT /F 10 Tf 0 50 Td (a) Tj ET /X Do /X Do"u8.ToArray(), $"/Subtype /Form /BBox [0 0 200 100] /Resources << /XObject << /X {form} 0 R >> >>");
            return $"/XObject << /X {form} 0 R >>";
        });

        Assert.InRange(page.Letters.Count, 1, 100);
    }

    [Fact]
    public void Form_bomb_ends_with_a_warning()
    {
        var watch = Stopwatch.StartNew();
        ShownPage.Of(out var warnings, "/X Do", more: pdf =>
        {
            var form = pdf.AddStream("BT /F 10 Tf 0 50 Td (a) Tj ET", "/Subtype /Form /BBox [0 0 200 100]");
            for (var level = 0; level < 20; level++)
            {
                form = pdf.AddStream(string.Concat(Enumerable.Repeat("/X Do ", 10)), $"/Subtype /Form /BBox [0 0 200 100] /Resources << /XObject << /X {form} 0 R >> >>");
            }

            return $"/XObject << /X {form} 0 R >>";
        });

        Assert.Contains(warnings.ToList(), w => w.Page == 1);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Form_whose_bytes_cannot_be_decoded_costs_only_itself()
    {
        var page = ShownPage.Of(out var warnings, "/X Do BT /F 10 Tf 0 50 Td (b) Tj ET", more: pdf => Form(pdf, Text, "/BBox [0 0 200 100] /Filter /Unknown"));

        Assert.Equal("b", page.Text());
        Assert.Contains(warnings.ToList(), w => w.Page == 1);
    }

    private static string Form(PdfWriter pdf, string content, string entries) => $"/XObject << /X {pdf.AddStream(content, $"/Subtype /Form {entries}")} 0 R >>";
}
