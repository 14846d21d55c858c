using Rag.Pdf.Content;

namespace Rag.Pdf.Tests.Content;

public sealed class AnnotationTests
{
    private const string Shown = "BT /F 10 Tf 0 2 Td (ab) Tj ET";

    [Fact]
    public void Appearance_is_stretched_into_the_rectangle()
    {
        var page = Read(pdf => $"<< /Subtype /Stamp /Rect [20 30 60 50] /AP << /N {Appearance(pdf, "/BBox [0 0 20 10]")} 0 R >> >>");

        Assert.Equal([(20, 66), (30, 66)], page.Letters.Select(l => l.Place()));
        Assert.All(page.Letters, l => Assert.Equal(LetterFlags.Annotation, l.Flags));
        Assert.Equal(20, page.Letters[0].Size);
    }

    [Fact]
    public void Appearance_is_turned_by_its_matrix()
    {
        // 12.5.5: a quarter turn maps the box 20 x 10 to 10 x 20, which is then moved onto the rectangle
        var page = Read(pdf => $"<< /Subtype /FreeText /Rect [50 50 60 70] /AP << /N {Appearance(pdf, "/BBox [0 0 20 10] /Matrix [0 1 -1 0 0 0]")} 0 R >> >>");

        Assert.Equal((58, 50), page.Letters[0].Place());
        Assert.Equal((0, -5), (page.Letters[0].DX, page.Letters[0].DY));
    }

    [Theory]
    [InlineData("/Subtype /Link", "")]
    [InlineData("/Subtype /Popup", "")]
    [InlineData("/Subtype /Stamp /F 2", "")]
    [InlineData("/Subtype /Stamp /F 32", "")]
    [InlineData("/Subtype /Stamp /F 4", "ab")]
    [InlineData("/Subtype /Watermark", "ab")]
    [InlineData("/Subtype /Text", "")]
    public void Only_what_is_part_of_the_page_is_shown(string entries, string text)
    {
        Assert.Equal(text, Read(pdf => $"<< {entries} /Rect [20 30 60 50] /AP << /N {Appearance(pdf, "/BBox [0 0 20 10]")} 0 R >> >>").AllText());
    }

    [Theory]
    [InlineData("/AS /Yes", "ab")]
    [InlineData("/AS /Off", "")]
    [InlineData("", "")]
    public void Appearance_state_chooses(string entries, string text)
    {
        Assert.Equal(text, Read(pdf => $"<< /Subtype /Widget /FT /Btn {entries} /Rect [20 30 60 50] /AP << /N << /Yes {Appearance(pdf, "/BBox [0 0 20 10]")} 0 R >> >> >>").AllText());
    }

    [Theory]
    [InlineData("/FT /Tx /V (Some value)", "Some value")]
    [InlineData("/FT /Tx /V (secret) /Ff 8192", "")]
    [InlineData("/FT /Ch /V (b) /Opt [[(a) (Apple)] [(b) (Pear)]]", "Pear")]
    [InlineData("/FT /Ch /V [(x) (y)]", "x y")]
    [InlineData("/FT /Btn /V /Yes", "")]
    [InlineData("/Parent << /FT /Tx /V (inherited) >>", "inherited")]
    public void Field_without_an_appearance_shows_its_value(string entries, string text)
    {
        var page = Read(_ => $"<< /Subtype /Widget /Rect [20 30 160 50] /DA (/Helv 8 Tf 0 g) {entries} >>");

        Assert.Equal(text, page.Text());
        Assert.All(page.Letters, l => Assert.Equal((8, LetterFlags.Annotation), (l.Size, l.Flags)));
        Assert.All(page.Letters, l => Assert.True(l.X0 >= 20 && l.X1 <= 160 && l.Y0 >= 50 && l.Y1 <= 70));
    }

    [Fact]
    public void Lines_of_a_field_stand_below_each_other()
    {
        var page = Read(_ => "<< /Subtype /Widget /FT /Tx /Ff 4096 /Rect [20 30 160 90] /DA (/Helv 10 Tf) /V (a\\rb) >>");

        Assert.Equal([(22, 20), (22, 32)], page.Letters.Select(l => l.Place()));
    }

    [Fact]
    public void Comments_are_notes_beside_the_text()
    {
        var page = Read(_ => "<< /Subtype /Text /Rect [20 30 40 50] /Contents ( See page 3 ) >>");

        Assert.Empty(page.Letters);
        var note = Assert.Single(page.Notes);
        Assert.Equal(("See page 3", (20, 50, 40, 70)), (note.Text, note.Box.Around()));
    }

    [Fact]
    public void Annotation_whose_appearance_shows_itself_ends()
    {
        var page = Read(pdf =>
        {
            var form = pdf.Reserve();
            pdf.SetStream(form, "/X Do"u8.ToArray(), $"/Subtype /Form /BBox [0 0 20 10] /Resources << /XObject << /X {form} 0 R >> >>");
            return $"<< /Subtype /Stamp /Rect [20 30 60 50] /AP << /N {form} 0 R >> >>";
        });

        Assert.Empty(page.Letters);
    }

    private static int Appearance(PdfWriter pdf, string entries) => pdf.AddStream(Shown, $"/Subtype /Form {entries}");

    private static PageContent Read(Func<PdfWriter, string> annotation)
    {
        var pdf = new PdfWriter();
        pdf.AddPage("", ShownPage.Fonts(pdf), $"{ShownPage.Box} /Annots [{pdf.Add(annotation(pdf))} 0 R]");
        return ShownPage.Reader(pdf.ToBytes()).Read(1, TestContext.Current.CancellationToken);
    }
}
