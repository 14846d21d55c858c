using System.Text;

namespace Rag.Pdf.Tests.Content;

public sealed class DamageTests
{
    private const string Text = " BT /F 10 Tf 0 50 Td (a) Tj ET";

    [Theory]
    [InlineData("cm 1 2 cm (x) cm /N cm [1 2 3 4 5 6] cm")]
    [InlineData("Tf /F Tf 10 Tf Td Tm Tj TJ ' \" gs Do BDC EMC EMC re l c v y W f S sc scn cs")]
    [InlineData("Q Q Q Q ET ET")]
    [InlineData("<< /A [ >> ] ) > } { ]")]
    [InlineData("unknown operators here 1.2.3 --5 +-7 . - 5-3 1e5 0e- true false null")]
    [InlineData("% comment (not a string\r")]
    [InlineData("/ /#41 /A#zz BMC EMC")]
    [InlineData("\0\0\u0001\u0002\u00ff\u00fe")]
    public void Rubbish_is_passed_over(string rubbish)
    {
        Assert.Equal("a", ShownPage.Of($"{rubbish} {Text}").AllText());
    }

    [Theory]
    [InlineData("q ", 1_000_000)]
    [InlineData("Q ", 1_000_000)]
    [InlineData("/A BMC ", 1_000_000)]
    [InlineData("[ ", 1_000_000)]
    [InlineData("<< ", 1_000_000)]
    [InlineData("0 0 m 1 1 l ", 300_000)]
    [InlineData("h ", 1_000_000)]
    public void A_million_of_anything_is_no_matter(string content, int times)
    {
        var page = ShownPage.Of(new StringBuilder().Insert(0, content, times).Append(Text).ToString());

        Assert.Equal("a", page.AllText());
    }

    [Fact]
    public void Saved_states_are_brought_back_behind_a_million_more()
    {
        var content = "q 2 0 0 2 0 0 cm " + string.Concat(Enumerable.Repeat("q ", 1_000_000)) + string.Concat(Enumerable.Repeat("Q ", 1_000_000)) + "Q" + Text;

        Assert.Equal(10, ShownPage.Of(content).Letters[0].Size);
    }

    [Fact]
    public void Array_of_a_million_entries_is_shown()
    {
        var content = "BT /F 0.001 Tf 0 50 Td [" + string.Concat(Enumerable.Repeat("(a) -1 ", 500_000)) + "] TJ ET";

        Assert.Equal(500_000, ShownPage.Of(content).Letters.Count);
    }

    [Fact]
    public void Letters_beyond_a_million_are_left_out_with_a_warning()
    {
        var page = ShownPage.Of(out var warnings, "BT /F 10 Tf 0 50 Td (" + new string('a', 1_000_010) + ") Tj ET");

        Assert.Equal(1_000_000, page.Letters.Count);
        Assert.Contains(warnings.ToList(), w => w.Page == 1);
    }

    [Fact]
    public void Content_in_several_streams_is_one()
    {
        var pdf = new PdfWriter();
        var parts = string.Join(' ', new[] { "BT /F 10 Tf 0 50", "Td (a) Tj", "(b) Tj ET" }.Select(p => $"{pdf.AddStream(p)} 0 R"));
        var page = pdf.AddPage("");
        pdf.Set(page, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents [{parts} 99 0 R null] /Resources << {ShownPage.Fonts(pdf)} >> >>");

        Assert.Equal("ab", ShownPage.Reader(pdf.ToBytes()).Read(1, TestContext.Current.CancellationToken).Text());
    }

    [Fact]
    public void Part_that_cannot_be_decoded_costs_only_itself()
    {
        var pdf = new PdfWriter();
        var (bad, good) = (pdf.AddStream("x", "/Filter /Unknown"), pdf.AddStream(Text));
        var page = pdf.AddPage("");
        pdf.Set(page, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents [{bad} 0 R {good} 0 R] /Resources << {ShownPage.Fonts(pdf)} >> >>");
        var warnings = new PdfWarnings();

        Assert.Equal("a", ShownPage.Reader(pdf.ToBytes(), warnings).Read(1, TestContext.Current.CancellationToken).Text());
        Assert.Contains(warnings.ToList(), w => w.Page == 1);
    }

    [Fact]
    public void Cancellation_ends_a_page()
    {
        var pdf = new PdfWriter();
        pdf.AddPage(string.Concat(Enumerable.Repeat("0 0 m ", 100_000)));
        var reader = ShownPage.Reader(pdf.ToBytes());

        Assert.Throws<OperationCanceledException>(() => reader.Read(1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Random_bytes_never_fail()
    {
        var random = new Random(7);
        var words = "q Q cm BT ET Tj TJ Tm Td Tf ' \" BDC BMC EMC Do gs re f S W n BI ID EI ( ) < > << >> [ ] / /F /X 1 -2 3.5 1e9 sc scn cs /MCID /ActualText\n".Split(' ');
        for (var round = 0; round < 300; round++)
        {
            var content = string.Join(' ', Enumerable.Range(0, 200).Select(_ => random.Next(8) == 0 ? new string((char)random.Next(256), random.Next(4)) : words[random.Next(words.Length)]));
            var page = ShownPage.Of(out var warnings, content + " EI " + Text);

            Assert.All(page.Letters, l => Assert.True(l.Text.Length > 0 && float.IsFinite(l.X0 + l.Y0 + l.X1 + l.Y1)));
            Assert.Empty(warnings.ToList());
        }
    }
}
