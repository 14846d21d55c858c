using Rag.Pdf.Layout;

namespace Rag.Pdf.Tests.Layout;

public sealed class RightToLeftTests
{
    [Theory]
    [InlineData("ملاس", "سالم")] // as seen from left to right, as read
    [InlineData("abc", "abc")]
    [InlineData("2024", "2024")]
    [InlineData(".םולש", "שלום.")]
    [InlineData("١٢٣", "١٢٣")]
    [InlineData("(12)תיב", "בית(12)")]
    public void Word_is_turned_round_but_for_numbers_and_latin_letters(string seen, string read) => Assert.Equal(read, RightToLeft.ToLogical(seen));

    [Fact]
    public void Marks_stay_behind_their_letter() => Assert.Equal("בָּג", RightToLeft.ToLogical("גבָּ"));

    [Fact]
    public void Line_is_read_from_the_right_and_a_latin_phrase_in_it_from_the_left()
    {
        var sheet = new Sheet().Write(100, 100, "םכל").Write(118, 100, "Rag").Write(136, 100, "Core").Write(159, 100, "םולש");

        Assert.Equal(["Paragraph: שלום Rag Core לכם"], sheet.Blocks());
    }

    [Fact]
    public void Letters_painted_in_reading_order_from_the_right_are_one_word()
    {
        var sheet = new Sheet();
        for (var i = 0; i < 4; i++)
        {
            sheet.Write(200 - (5 * i), 100, "שלום"[i].ToString());
        }

        Assert.Equal(["Paragraph: שלום"], sheet.Blocks());
    }
}
