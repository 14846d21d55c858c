namespace Rag.Pdf.Tests.Content;

public sealed class PathTests
{
    [Fact]
    public void Straight_strokes_and_thin_boxes_are_rules()
    {
        var page = ShownPage.Of("1 w 10 50 m 110 50 l S 20 20 m 20 90 l s 10 30 100 0.5 re f 2 w 0 0 m 50 50 l S 10 10 m 60 10.5 l S");

        Assert.Equal(
            [(10, 49.5f, 110, 50.5f), (19.5f, 10, 20.5f, 80), (10, 69.5f, 110, 70), (10, 88.75f, 60, 90.75f)],
            page.Rules.Select(r => r.Around()));
        Assert.Empty(page.Fills);
    }

    [Fact]
    public void Frame_is_four_rules()
    {
        var page = ShownPage.Of("1 w 10 10 100 50 re S");

        Assert.Equal(4, page.Rules.Count);
        Assert.Equal((10, 89.5f, 110, 90.5f), page.Rules[0].Around());
        Assert.Equal((9.5f, 40, 10.5f, 90), page.Rules[3].Around());
    }

    [Fact]
    public void Filled_boxes_are_fills_unless_white_or_the_page()
    {
        var page = ShownPage.Of("0.9 g 0 0 200 100 re f 10 10 50 20 re f 70 10 50 20 re f* 1 g 10 40 50 20 re f 0 g 10 70 m 60 70 l 60 90 l 10 90 l h f 100 50 m 120 50 l 110 70 l f");

        Assert.Equal([(10, 70, 60, 90), (70, 70, 120, 90), (10, 10, 60, 30)], page.Fills.Select(f => f.Around()));
    }

    [Fact]
    public void Thin_boxes_between_shaded_cells_are_shading()
    {
        // a cell after a thin column, one before another; then a rule of two thin boxes and a corner, and a rule of another colour
        var page = ShownPage.Of("0.9 g 10 10 2 20 re f 12 10 50 20 re f 62 10 2 20 re f 0 g 10 50 50 1 re f 60 50 1 1 re f 61 50 50 1 re f 0.5 g 64 10 1 20 re f");

        Assert.Equal([(12, 70, 62, 90), (10, 70, 12, 90), (62, 70, 64, 90)], page.Fills.Select(f => f.Around()).OrderBy(f => f.Item1 == 12 ? 0 : f.Item1));
        Assert.Equal([(10, 49, 60, 50), (61, 49, 111, 50), (64, 70, 65, 90)], page.Rules.Select(r => r.Around()));
    }

    [Fact]
    public void Line_with_mitred_ends_is_a_rule()
    {
        Assert.Equal((10, 49, 110, 50), Assert.Single(ShownPage.Of("10 51 m 110 51 l 109 50 l 11 50 l h f").Rules).Around());
    }

    [Fact]
    public void Thick_strokes_are_fills()
    {
        var page = ShownPage.Of("20 w 0.8 g 0.8 G 10 50 m 110 50 l S");

        Assert.Empty(page.Rules);
        Assert.Equal((10, 40, 110, 60), Assert.Single(page.Fills).Around());
    }

    [Fact]
    public void White_rules_count_on_something_darker_only()
    {
        Assert.Empty(ShownPage.Of("1 G 10 50 m 110 50 l S").Rules);
        Assert.Single(ShownPage.Of("0.5 g 0 0 150 80 re f 1 G 10 50 m 110 50 l S").Rules);
    }

    [Fact]
    public void Rules_are_cut_at_the_clip_and_at_the_page()
    {
        var page = ShownPage.Of("1 w q 0 0 60.5 100 re W n 10 50 m 110 50 l S Q 150 20 m 900 20 l S 10 500 m 90 500 l S");

        Assert.Equal([(10, 49.5f, 61, 50.5f), (150, 79.5f, 200, 80.5f)], page.Rules.Select(r => r.Around()));
    }

    [Fact]
    public void Images_have_their_boxes_and_thin_ones_are_rules()
    {
        var page = ShownPage.Of(
            "q 50 0 0 30 10 20 cm /I Do Q q 0 40 -20 0 150 20 cm /I Do Q q 100 0 0 1 10 90 cm /I Do Q",
            more: pdf => $"/XObject << /I {pdf.AddStream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")} 0 R >>");

        Assert.Equal([(10, 50, 60, 80), (130, 40, 150, 80)], page.Images.Select(i => i.Around()));
        Assert.Equal((10, 9, 110, 10), Assert.Single(page.Rules).Around());
    }

    [Fact]
    public void Too_many_rules_are_cut_off_with_a_warning()
    {
        var page = ShownPage.Of(out var warnings, string.Concat(Enumerable.Range(0, 20_001).Select(i => $"{i % 90} 50 m 110 50 l S ")));

        Assert.Equal(20_000, page.Rules.Count);
        Assert.Contains(warnings.ToList(), w => w.Page == 1);
    }
}
