using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>A small file of each format whose tests build theirs in code: what is read of it stands in a file that a person can review.</summary>
public sealed class GoldenFormatTests
{
    [Theory]
    [InlineData("notes.txt")]
    [InlineData("prices.csv")]
    [InlineData("inbox.mbox")]
    [InlineData("sample.zip")]
    [InlineData("kiln.py")]
    [InlineData("kiln.json")]
    [InlineData("fires.jsonl")]
    [InlineData("kiln.xml")]
    [InlineData("kiln.yaml")]
    [InlineData("kiln.log")]
    [InlineData("kiln.ipynb")]
    [InlineData("kiln.rss")]
    [InlineData("talk.srt")]
    [InlineData("talk.vtt")]
    public async Task What_is_read_is_what_was_reviewed(string file)
    {
        var document = await DocumentReaders.Default.ReadFileAsync(Path.Combine(SourceFolder.Of("Golden"), file), file);

        DocumentPromises.Check(document);
        Golden.Check($"{file}.txt", Golden.Describe(document));
    }
}
