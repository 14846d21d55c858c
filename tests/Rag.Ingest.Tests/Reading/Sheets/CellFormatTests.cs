using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Tests.Reading.Sheets;

public sealed class CellFormatTests
{
    // what Excel shows with English separators, but for dates
    [Theory]
    [InlineData("General", 1234.5, "1234.5")]
    [InlineData("General", 0.1 + 0.2, "0.3")]
    [InlineData("General", -1e20, "-1E+20")]
    [InlineData("0", 2.5, "3")]
    [InlineData("0.00", 1.005, "1.01")]
    [InlineData("0.00", -3, "-3.00")]
    [InlineData("#,##0", 1234567.4, "1,234,567")]
    [InlineData("#,##0.00_);(#,##0.00)", -1234.5, "(1,234.50)")]
    [InlineData("#,##0.00_);[Red]\\(#,##0.00\\)", 1234.5, "1,234.50")]
    [InlineData("_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ [$€-407]_-;_-* \"-\"??\\ [$€-407]_-;_-@_-", 12.3, "12.30 €")]
    [InlineData("$#,##0", 5000, "$5,000")]
    [InlineData("0%", 0.125, "13%")]
    [InlineData("0.0%", 0.125, "12.5%")]
    [InlineData("0.00E+00", 12345, "1.23E+04")]
    [InlineData("#,##0,", 1234567, "1,235")]
    [InlineData("0.##", 5.25, "5.25")]
    [InlineData("00000", 501, "00501")]
    [InlineData("000-00-0000", 123456789, "123-45-6789")]
    [InlineData("0.0\" kg\"", 2, "2.0 kg")]
    [InlineData("General\" pieces\"", 7, "7 pieces")]
    [InlineData("0;-0;\"none\"", 0, "none")]
    [InlineData("# ?/?", 0.5, "0.5")]
    [InlineData("@", 12, "12")]
    [InlineData("yyyy-mm-dd", 45352, "2024-03-01")]
    [InlineData("[$-409]mmmm d, yyyy;@", 45352.9, "2024-03-01")]
    [InlineData("m/d/yy h:mm AM/PM", 45352.75, "2024-03-01 18:00")]
    [InlineData("mmm-yy", 45352, "2024-03-01")]
    [InlineData("h:mm", 0.52, "12:28:48")]
    [InlineData("mm:ss.0", 0.25, "06:00")]
    [InlineData("[h]:mm", 1.5, "36:00")]
    [InlineData("yyyy-mm-dd", 1, "1900-01-01")]
    [InlineData("yyyy-mm-dd", 59, "1900-02-28")]
    [InlineData("yyyy-mm-dd", 60, "1900-02-29")]
    [InlineData("yyyy-mm-dd", 61, "1900-03-01")]
    [InlineData("yyyy-mm-dd", -5, "-5")]
    [InlineData("yyyy-mm-dd", 1e9, "1000000000")]
    [InlineData("yyyy-mm-dd h:mm", 2958465.99999999, "9999-12-31 23:59:59")]
    public void A_number_is_shown_as_its_format_says(string code, double value, string shown) => Assert.Equal(shown, CellFormat.Of(code).Show(value));

    [Theory]
    [InlineData(3, 1234.5, "1,235")]
    [InlineData(14, 45352, "2024-03-01")]
    [InlineData(20, 0.5, "12:00")]
    [InlineData(49, 7, "7")]
    [InlineData(999, 7.5, "7.5")]
    public void Built_in_formats_have_numbers(int id, double value, string shown) => Assert.Equal(shown, CellFormat.BuiltIn(id).Show(value));

    [Theory]
    [InlineData("A1", 1, 0)]
    [InlineData("$XFD$1048576", 1048576, 16383)]
    [InlineData("AA10", 10, 26)]
    public void A_cell_has_a_row_and_a_column(string reference, int row, int column)
    {
        Assert.Equal((row, column), CellRange.Cell(reference));
        Assert.Equal(reference.Replace("$", "", StringComparison.Ordinal), CellRange.Parse(reference).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("1")]
    [InlineData("A0")]
    [InlineData("XFE1")]
    [InlineData("A1048577")]
    [InlineData("A99999999999999999999")]
    [InlineData("1A")]
    [InlineData("é1")]
    public void What_names_no_cell_is_none(string reference) => Assert.Null(CellRange.Parse(reference));
}
