using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class LogReaderTests : DocumentReaderContract
{
    [Theory]
    [InlineData("2024-05-01 12:00:00 ERROR ")]
    [InlineData("[2024-05-01T12:00:00Z] ")]
    [InlineData("INFO 2024-05-01 12:00:00,123 ")]
    [InlineData("10.0.0.1 - - [01/May/2024:12:00:00 +0000] ")]
    [InlineData("May  1 12:00:00 host ")]
    [InlineData("12:00:00.123 ")]
    public async Task A_stack_trace_stays_with_its_entry(string time)
    {
        var trace = string.Concat(Enumerable.Range(0, 12).Select(i => $"   at Some.Type.Method{i}(String words)\n\n"));
        var file = string.Concat(Enumerable.Range(0, 90).Select(i => $"{time}entry {i}\n{(i == 20 ? trace : "")}"));

        var document = await OutlineTexts.ReadAsync(file, "a.log");

        OutlineTexts.CheckVerbatim(document, file);
        Assert.Contains("entry 20", OutlineTexts.TextOf(document, "Method11"), StringComparison.Ordinal);
        Assert.True(document.Blocks.Count > 2);
        Assert.All(document.Blocks, block => Assert.StartsWith(time[..5], block.Span.Of(document.Text), StringComparison.Ordinal));
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new LogReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 90).Select(i => $"2024-05-01 12:00:{i % 60:00} entry {i}\n  more\n")));
}
