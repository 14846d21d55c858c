using Rag.Pdf.Content;

namespace Rag.Pdf.Tests.Content;

public sealed class TextTests
{
    [Fact]
    public void Letter_has_its_box_from_advance_ascent_and_descent()
    {
        var page = ShownPage.Of("BT /F 10 Tf 20 30 Td (ab) Tj ET");

        Assert.Equal((20, 70), page.Letters[0].Place());
        Assert.Equal((20, 62, 25, 72), page.Letters[0].Around());
        Assert.Equal((25, 70), page.Letters[1].Place());
        Assert.Equal(5, page.Letters[0].DX);
        Assert.Equal(0, page.Letters[0].DY);
        Assert.Equal(10, page.Letters[0].Size);
        Assert.Equal(-1, page.Letters[0].MarkedContent);
        Assert.Equal(LetterFlags.None, page.Letters[0].Flags);
    }

    [Fact]
    public void Spacing_and_scaling_move_the_next_letter()
    {
        var page = ShownPage.Of("BT /F 10 Tf 1 Tc 3 Tw 200 Tz 0 50 Td (a b) Tj ET");

        // a: (5 + 1) * 2, space: (5 + 1 + 3) * 2; the advance itself is without spacing
        Assert.Equal([(0, 50), (12, 50), (30, 50)], page.Letters.Select(l => l.Place()));
        Assert.All(page.Letters, l => Assert.Equal(10, l.DX));
    }

    [Fact]
    public void Numbers_in_an_array_move_back_by_thousandths()
    {
        var page = ShownPage.Of("BT /F 10 Tf 0 50 Td [(a) -200 (b) 500 (c)] TJ ET");

        Assert.Equal([(0, 50), (7, 50), (7, 50)], page.Letters.Select(l => l.Place()));
    }

    [Fact]
    public void Lines_follow_the_leading()
    {
        var page = ShownPage.Of("BT /F 10 Tf 12 TL 5 90 Td (a) Tj T* (b) Tj (c) ' 2 -15 TD (d) Tj T* (e) Tj 1 2 (f g) \" ET");

        Assert.Equal([(5, 10), (5, 22), (5, 34), (7, 49), (7, 64), (7, 79), (14, 79), (22, 79)], page.Letters.Select(l => l.Place()));
    }

    [Fact]
    public void Text_matrix_and_rise_place_the_baseline()
    {
        var page = ShownPage.Of("q 1 0 0 1 10 10 cm BT 2 0 0 3 20 30 Tm /F 10 Tf 1 Ts (ab) Tj ET Q");

        Assert.Equal((30, 57), page.Letters[0].Place());
        Assert.Equal((40, 57), page.Letters[1].Place());
        Assert.Equal(30, page.Letters[0].Size);
        Assert.Equal((30, 33, 40, 63), page.Letters[0].Around());
    }

    [Fact]
    public void Turned_text_advances_upwards()
    {
        var page = ShownPage.Of("BT 0 1 -1 0 50 20 Tm /F 10 Tf (ab) Tj ET");

        Assert.Equal([(50, 80), (50, 75)], page.Letters.Select(l => l.Place()));
        Assert.Equal((0, -5), (page.Letters[0].DX, page.Letters[0].DY));
        Assert.Equal((42, 75, 52, 80), page.Letters[0].Around());
        Assert.Equal(10, page.Letters[0].Size);
    }

    [Theory]
    [InlineData("BT /F -10 Tf 1 0 0 -1 50 50 Tm (a) Tj ET", -5)]
    [InlineData("BT /F 10 Tf -1 0 0 1 50 50 Tm (a) Tj ET", -5)]
    [InlineData("BT /F 10 Tf 1 0 0 -1 50 50 Tm (a) Tj ET", 5)]
    public void Mirrored_text_has_a_positive_size_and_an_upright_box(string content, float advance)
    {
        var letter = ShownPage.Of(content).Letters[0];

        Assert.Equal(10, letter.Size);
        Assert.Equal(advance, letter.DX);
        Assert.True(letter.X1 > letter.X0 && letter.Y1 > letter.Y0);
    }

    [Fact]
    public void Slanted_text_keeps_its_size()
    {
        var letter = ShownPage.Of("BT /F 10 Tf 1 0 0.3 1 50 50 Tm (a) Tj ET").Letters[0];

        Assert.Equal(10, letter.Size);
    }

    [Fact]
    public void Vertical_text_runs_down_from_its_origin()
    {
        var page = ShownPage.Of("BT /V 10 Tf 50 90 Td (ab) Tj ET");

        Assert.Equal([(50, 10), (50, 20)], page.Letters.Select(l => l.Place()));
        Assert.Equal((0, 10), (page.Letters[0].DX, page.Letters[0].DY));
        Assert.Equal((47.5f, 10, 52.5f, 20), page.Letters[0].Around());
        Assert.Equal(LetterFlags.Vertical, page.Letters[0].Flags);
    }

    [Fact]
    public void White_space_is_one_space_and_glyphs_without_text_only_advance()
    {
        var page = ShownPage.Of("BT /F 10 Tf 0 50 Td (a\\t\\240) Tj /M 10 Tf (xx) Tj /F 10 Tf (b) Tj ET");

        Assert.Equal("a  b", page.AllText());
        Assert.Equal((25, 50), page.Letters[3].Place());
    }

    [Fact]
    public void State_is_saved_and_text_matrices_are_not()
    {
        var page = ShownPage.Of("BT /F 10 Tf 0 50 Td q /F 20 Tf 5 Tc (a) Tj Q (b) Tj ET");

        Assert.Equal([(0, 50), (15, 50)], page.Letters.Select(l => l.Place()));
        Assert.Equal([20, 10], page.Letters.Select(l => l.Size));
    }

    [Fact]
    public void Font_comes_also_from_a_graphics_state()
    {
        var page = ShownPage.Of("/G gs BT 0 50 Td (ab) Tj ET", more: pdf => $"/ExtGState << /G << /Font [{pdf.AddFont("Other")} 0 R 8] >> >>");

        Assert.Equal(8, page.Letters[0].Size);
        Assert.Equal("Other", page.Letters[0].Font.Name);
    }

    [Fact]
    public void Text_without_a_font_is_shown_in_another()
    {
        Assert.Equal("ab", ShownPage.Of("BT /Missing 10 Tf 0 50 Td (ab) Tj ET").Text());
    }

    [Fact]
    public void Letters_whose_place_is_no_number_are_dropped()
    {
        var page = ShownPage.Of("BT /F 10 Tf 0 50 Td (a) Tj 1e300 0 0 1e300 1e300 1e300 Tm (bc) Tj 1 0 0 1 0 20 Tm (d) Tj ET");

        Assert.Equal("ad", page.AllText());
    }
}
