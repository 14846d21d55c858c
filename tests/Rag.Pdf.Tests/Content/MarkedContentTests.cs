using System.Text;
using Rag.Pdf.Content;

namespace Rag.Pdf.Tests.Content;

public sealed class MarkedContentTests
{
    [Fact]
    public void Letters_know_the_innermost_id()
    {
        var page = ShownPage.Of("BT /F 10 Tf 0 50 Td /P << /MCID 3 >> BDC (a) Tj /Span << /Lang (en) >> BDC (b) Tj EMC /Span /Props BDC (c) Tj EMC EMC (d) Tj ET", "/Properties << /Props << /MCID 7 >> >>");

        Assert.Equal([3, 3, 7, -1], page.Letters.Select(l => l.MarkedContent));
    }

    [Fact]
    public void Artifacts_are_flagged()
    {
        var page = ShownPage.Of("BT /F 10 Tf 0 50 Td /Artifact BMC (a) Tj EMC (b) Tj /Artifact << /Type /Pagination >> BDC (c) Tj /Span BMC (d) Tj EMC EMC ET");

        Assert.Equal([LetterFlags.Artifact, LetterFlags.None, LetterFlags.Artifact, LetterFlags.Artifact], page.Letters.Select(l => l.Flags));
    }

    [Theory]
    [InlineData("x", "ffi", "ffi")] // a ligature
    [InlineData("xy", "ab", "a|b")]
    [InlineData("xyz", "ab", "a|b")]
    [InlineData("xyz", "a", "a")]
    [InlineData("xy", "abcd", "ab|cd")]
    [InlineData("xy", "", "")]
    [InlineData("x", " ", " ")]
    public void Actual_text_is_shared_between_the_letters(string shown, string actual, string expected)
    {
        var page = ShownPage.Of($"BT /F 10 Tf 0 50 Td (<) Tj /Span << /ActualText ({actual}) >> BDC ({shown}) Tj EMC (>) Tj ET");

        var letters = page.Letters[1..^1];
        Assert.Equal(expected, string.Join('|', letters.Select(l => l.Text)));
        Assert.All(letters, l => Assert.Equal(LetterFlags.Replaced, l.Flags));
        Assert.Equal(5 + (5 * shown.Length), page.Letters[^1].X);
    }

    [Fact]
    public void Letters_that_get_no_text_leave_their_room_to_the_one_before()
    {
        var page = ShownPage.Of("BT /F 10 Tf 0 50 Td /Span << /ActualText (a) >> BDC (xyz) Tj EMC ET");

        Assert.Equal((0, 42, 15, 52), Assert.Single(page.Letters).Around());
        Assert.Equal(15, page.Letters[0].DX);
    }

    [Fact]
    public void Actual_text_stands_for_glyphs_that_have_none()
    {
        var page = ShownPage.Of("BT 0 50 Td /Span << /ActualText <FEFF00410042> >> BDC /M 10 Tf (xy) Tj EMC ET");

        Assert.Equal("AB", page.Text());
    }

    [Fact]
    public void Actual_text_from_right_to_left_begins_at_the_right()
    {
        var text = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes("\uFEFF\u05D0\u05D1"));
        var page = ShownPage.Of($"BT /F 10 Tf 0 50 Td /Span << /ActualText <{text}> >> BDC (xy) Tj EMC ET");

        Assert.Equal(["\u05D0", "\u05D1"], page.Letters.Select(l => l.Text));
        Assert.Equal([5, 0], page.Letters.Select(l => l.X));
    }

    [Fact]
    public void Outer_actual_text_wins()
    {
        Assert.Equal("ab", ShownPage.Of("BT /F 10 Tf 0 50 Td /Span << /ActualText (ab) >> BDC /Span << /ActualText (q) >> BDC (x) Tj EMC (y) Tj EMC ET").Text());
    }

    [Fact]
    public void Sequences_left_open_or_closed_too_often_do_no_harm()
    {
        Assert.Equal("abc", ShownPage.Of("EMC EMC BT /F 10 Tf 0 50 Td (a) Tj /Span << /ActualText (bc) >> BDC (x) Tj ET").Text());
    }

    [Fact]
    public void Ids_within_a_form_that_counts_for_itself_are_apart()
    {
        var form = 0;
        var page = ShownPage.Of(
            "/P << /MCID 1 >> BDC /X Do EMC /P << /MCID 1 >> BDC BT /F 10 Tf 0 50 Td (b) Tj ET EMC",
            more: pdf => $"/XObject << /X {form = pdf.AddStream("/P << /MCID 1 >> BDC BT /F 10 Tf 0 50 Td (a) Tj ET EMC", "/Subtype /Form /BBox [0 0 200 100] /StructParents 4")} 0 R >>");

        Assert.Equal([PageContent.FormStride + 1, 1], page.Letters.Select(l => l.MarkedContent));
        Assert.Equal([form], page.MarkedForms);
    }
}
