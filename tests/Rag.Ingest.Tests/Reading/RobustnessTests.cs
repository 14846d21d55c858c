using System.Text;
using System.Text.Json;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Whatever the bytes, a reader gives a document or a <see cref="DocumentFormatException"/>, within 5 s and 512 MB.</summary>
[Collection(nameof(Alone))]
public sealed class RobustnessTests
{
    private const long MostAllocated = 512L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // some of each format
    private static readonly string[] _goodFiles =
    [
        "demo-efcore-docs/entity-framework/core/index.md", "demo-csharpstandard/standard/types.md", "office-docling/sources/html/html_rich_table_cells.html",
        "office-markitdown/test.docx", "office-markitdown/test_with_comment.docx", "office-markitdown/test_mskanji.csv", "office-markitdown/test.xlsx", "office-markitdown/test.xls", "office-docling/sources/odf/text_document_01.odt", "office-docling/sources/pptx/powerpoint_sample.pptx", "office-markitdown/test.json", "office-markitdown/test_rss.xml",
    ];

    [Fact]
    public async Task Every_bad_file_gives_a_document_or_a_format_exception()
    {
        var files = Directory.GetFiles(SharedData.Require("bad-input"), "*", SearchOption.AllDirectories);

        foreach (var file in files)
        {
            await CheckAsync(file, () => DocumentReaders.Default.ReadFileAsync(file, Path.GetFileName(file)));
        }
    }

    [Fact]
    public async Task Two_thousand_damaged_files_give_a_document_or_a_format_exception()
    {
        var files = _goodFiles.Select(SharedData.Require).ToList();
        foreach (var file in files)
        {
            var good = await File.ReadAllBytesAsync(file);
            var index = 0;
            foreach (var bytes in Mutations.Of(good, 2_000 / files.Count, seed: 2))
            {
                await CheckAsync($"{Path.GetFileName(file)} {index++}", () => DocumentReaders.Default.ReadAsync(new MemoryStream(bytes), Path.GetFileName(file)));
            }
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/markdown")]
    [InlineData("text/html")]
    public async Task Naughty_strings_are_read(string mediaType)
    {
        var strings = JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(SharedData.Require("bad-input/blns.json")))!;

        foreach (var text in strings.Append(string.Join("\n\n", strings)).Append(string.Join('\n', strings)))
        {
            await CheckAsync(text, () => DocumentReaders.Default.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "naughty", mediaType));
        }
    }

    [Fact]
    public async Task A_text_of_100_MB_is_read_within_five_times_its_size()
    {
        var line = "2024-05-01 12:00:00 INFO a line of a long log file\n"u8.ToArray();
        var bytes = new byte[100_000_000 / line.Length * line.Length];
        for (var at = 0; at < bytes.Length; at += line.Length)
        {
            line.CopyTo(bytes, at);
        }

        var before = GC.GetTotalAllocatedBytes();

        var document = await DocumentReaders.Default.ReadAsync(new MemoryStream(bytes, 0, bytes.Length, false, true), "a.log");

        Assert.Equal(bytes.Length - 1, document.Text.Length);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 5L * bytes.Length);
        Assert.Equal(bytes.Length / line.Length, document.Lines!.Count);
    }

    // All that is allocated meanwhile, freed or not, bounds the peak from above; no other test runs beside.
    private static async Task CheckAsync(string what, Func<Task<Document>> read)
    {
        var before = GC.GetTotalAllocatedBytes();
        try
        {
            DocumentPromises.Check(await Task.Run(read).WaitAsync(Patience));
        }
        catch (DocumentFormatException e)
        {
            Assert.Contains("' cannot be read: ", e.Message, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Assert.Fail($"{what}: {e}");
        }

        Assert.True(GC.GetTotalAllocatedBytes() - before < MostAllocated, $"{what} took {(GC.GetTotalAllocatedBytes() - before) >> 20} MB");
    }
}

/// <summary>Tests that measure what the process allocates.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
