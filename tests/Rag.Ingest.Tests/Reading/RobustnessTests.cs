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
            await CheckAsync(file, () => WithEntriesAsync(file));
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

    public static TheoryData<string> Parcels => ["a.eml", "a.msg", "a.mbox", "a.rtf", "a.epub", "a.zip", "a.tar", "a.tar.gz"];

    [Theory]
    [MemberData(nameof(Parcels))]
    public async Task Two_thousand_damaged_versions_of_a_parcel_give_documents_or_a_format_exception(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, "");
        foreach (var (index, bytes) in Mutations.Of(await ParcelAsync(name), 2_000, seed: 4).Index())
        {
            await File.WriteAllBytesAsync(path, bytes);
            await CheckAsync($"{name} {index}", () => WithEntriesAsync(path));
        }
    }

    private static async Task<byte[]> ParcelAsync(string name) => name switch
    {
        "a.eml" => MailFiles.Sample(),
        "a.msg" => await File.ReadAllBytesAsync(SharedData.Require("office-docling/sources/email/msg_simple.msg")),
        "a.mbox" => MailFiles.Mailbox(),
        "a.rtf" => await File.ReadAllBytesAsync(SharedData.Require("bad-input/containers/testRTFCorruptListOverride.rtf")),
        "a.epub" => await File.ReadAllBytesAsync(SharedData.Require("office-markitdown/test.epub")),
        "a.zip" => ArchiveFiles.Zip(("a.eml", MailFiles.Sample()), ("b.docx", DocxFiles.Sample())),
        "a.tar" => ArchiveFiles.Tar(("a.eml", '0', MailFiles.Sample()), ("b.csv", '0', "a;b"u8.ToArray())),
        _ => ArchiveFiles.Gzip(ArchiveFiles.Tar(("a.eml", '0', MailFiles.Sample()), ("b.csv", '0', "a;b"u8.ToArray()))),
    };

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

        var document = await DocumentReaders.Default.ReadAsync(new MemoryStream(bytes, 0, bytes.Length, false, true), "a.txt");

        Assert.Equal(bytes.Length - 1, document.Text.Length);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 5L * bytes.Length);
        Assert.Equal(bytes.Length / line.Length, document.Lines!.Count);
    }

    // the document of the file; those of its entries are checked on the way
    private static async Task<Document> WithEntriesAsync(string path)
    {
        Document? first = null;
        await foreach (var document in DocumentReaders.Default.ReadFileWithEntriesAsync(path, Path.GetFileName(path)))
        {
            DocumentPromises.Check(document);
            first ??= document;
        }

        return first!;
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
