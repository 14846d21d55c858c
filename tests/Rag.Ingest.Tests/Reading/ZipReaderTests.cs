using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class ZipReaderTests : ContainerReaderContract
{
    protected override IReadOnlyList<string> Entries { get; } = ["a.txt", "folder/b.md", "etc/passwd", "a (2).txt", "empty.txt"];

    [Fact]
    public async Task Its_own_document_lists_what_it_holds()
    {
        var document = await Create().ReadAsync(new MemoryStream(Sample()), "sample.zip");

        Assert.Equal("- a.txt\n- folder/b.md\n- etc/passwd\n- a (2).txt\n- empty.txt", document.Text);
    }

    [Fact]
    public async Task Names_in_old_code_pages_are_read()
    {
        // written as UTF-8 without the mark of it, as many programs do
        var bytes = ArchiveFiles.Zip(("Größe.txt", "x"));
        for (var at = 0; at + 10 < bytes.Length; at++)
        {
            var flags = bytes.AsSpan(at).StartsWith("PK\u0003\u0004"u8) ? at + 6 : bytes.AsSpan(at).StartsWith("PK\u0001\u0002"u8) ? at + 8 : -1;
            if (flags > 0)
            {
                bytes[flags + 1] &= 0xF7;
            }
        }

        Assert.Equal("Größe.txt", Assert.Single(await UnpackAsync(bytes)).Name);
    }

    [Fact]
    public async Task Encrypted_entries_are_told_and_the_others_given()
    {
        var entries = await UnpackAsync(await File.ReadAllBytesAsync(SharedData.Require("bad-input/containers/testZipEncrypted.zip")));

        Assert.Equal([("unencrypted.txt", null), ("encrypted.txt", "it is encrypted")], entries.Select(e => (e.Name, e.Problem)));
    }

    [Fact]
    public async Task What_unpacks_to_too_much_is_refused_before_its_first_entry()
    {
        var bomb = ArchiveFiles.Zip(("good.txt", Encoding.UTF8.GetBytes("good")), ("zeros.txt", new byte[40 << 20]));

        var ratio = await Assert.ThrowsAsync<DocumentFormatException>(() => UnpackAsync(bomb));
        var total = await Assert.ThrowsAsync<DocumentFormatException>(() => UnpackAsync(Sample(), new(maxBytes: 5)));
        var count = await Assert.ThrowsAsync<DocumentFormatException>(() => UnpackAsync(Sample(), new(maxEntries: 2)));

        Assert.Contains("200 times as much", ratio.Message, StringComparison.Ordinal);
        Assert.Contains("more than 5 bytes", total.Message, StringComparison.Ordinal);
        Assert.Contains("more than 2 entries", count.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_beyond_the_limit_of_a_reader_is_told()
    {
        var entries = new List<ContainerEntry>();
        await foreach (var entry in new ArchiveReader(new() { MaxBytes = 2_000 }).ReadEntriesAsync(new MemoryStream(ArchiveFiles.Zip(("large.txt", new string('a', 5_000)), ("small.txt", "x"))), "a", new()))
        {
            entries.Add(entry);
        }

        Assert.Equal([("large.txt", "it is larger than 2,000 bytes"), ("small.txt", null)], entries.Select(e => (e.Name, e.Problem)));
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new ArchiveReader(limits);

    protected override byte[] Sample() => ArchiveFiles.Zip(("a.txt", "first"), ("folder/", ""), ("folder\\b.md", "# second"), ("../../etc/passwd", "third"), ("C:\\a.txt", "fourth"), (".hidden", "x"), ("__MACOSX/a.txt", "x"), ("empty.txt", ""));
}
