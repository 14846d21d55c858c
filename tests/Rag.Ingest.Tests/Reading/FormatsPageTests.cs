using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class FormatsPageTests
{
    [Fact]
    public void Every_media_type_that_is_read_has_its_row_in_the_page_of_formats()
    {
        var rows = File.ReadLines(Path.Combine(SharedData.Checkout(), "..", "docs", "formats.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split(" | ")).Where(cells => cells.Length == 6).ToList();

        var described = rows.SelectMany(cells => cells[1].Split(", ")).Where(type => type.StartsWith('`')).Select(type => type.Trim('`')).ToList();

        Assert.Equal(DocumentReaders.Default.Supported, described.Order(StringComparer.Ordinal));
    }
}
