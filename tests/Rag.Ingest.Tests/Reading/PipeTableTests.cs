using Rag.Ingest.Reading;

namespace Rag.Ingest.Tests.Reading;

public sealed class PipeTableTests
{
    [Fact]
    public void Blank_rows_and_columns_are_left_out_and_short_rows_filled_up() =>
        Assert.Equal("| a | b \\| c |\n| --- | --- |\n| 1 |  |\n", PipeTable.Of([["", ""], ["a", " ", "b | c"], ["1"]]));

    [Fact]
    public void A_very_wide_table_does_not_fill_up_its_short_rows()
    {
        var header = Enumerable.Range(0, 20_000).Select(i => "c").ToArray();

        var text = PipeTable.Of([header, .. Enumerable.Repeat((string[])["1"], 20_000)]);

        Assert.InRange(text.Length, 1, 1_000_000);
    }
}
