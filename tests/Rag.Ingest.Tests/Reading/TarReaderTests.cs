using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class TarReaderTests : ContainerReaderContract
{
    private static readonly string _long = string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 6)) + "/c.txt";

    protected override IReadOnlyList<string> Entries { get; } = ["a.txt", "folder/b.md", _long, "pax/Größe.txt", "unnamed"];

    [Fact]
    public async Task Links_and_devices_are_told()
    {
        var entries = await UnpackAsync(Sample());

        Assert.Equal([("link", "it is a link"), ("dev/null", "it is a device")], entries.Where(e => e.Problem is not null).Select(e => (e.Name, e.Problem)));
        Assert.Equal(["first", "# second", "third", "fourth", "fifth"], entries.Where(e => e.Problem is null).Select(e => Encoding.UTF8.GetString(e.Content.Span)));
    }

    [Fact]
    public async Task One_that_is_cut_off_gives_what_is_whole_and_then_says_so()
    {
        var bytes = ArchiveFiles.Tar(("a.txt", '0', "first"u8.ToArray()), ("b.txt", '0', new byte[5_000]));

        var entries = await UnpackAsync(bytes[..2_000]);

        Assert.Equal([("a.txt", null), ("b.txt", "it is damaged or packed in a way that is not supported")], entries.Select(e => (e.Name, e.Problem)));
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new ArchiveReader(limits);

    protected override byte[] Sample() => ArchiveFiles.Tar(
        ("a.txt", '0', "first"u8.ToArray()), ("folder/", '5', []), ("folder/b.md", '0', "# second"u8.ToArray()), ("link", '2', []), ("dev/null", '3', []), (_long, '0', "third"u8.ToArray()),
        ("x", 'x', Encoding.UTF8.GetBytes("24 path=pax/Größe.txt\n")), ("short", '0', "fourth"u8.ToArray()), ("/../", 'g', []), ("..", '0', "fifth"u8.ToArray()));
}

public sealed class TarGzipReaderTests : ContainerReaderContract
{
    protected override IReadOnlyList<string> Entries { get; } = ["a.txt", "b.txt"];

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new ArchiveReader(limits);

    protected override byte[] Sample() => ArchiveFiles.Gzip(ArchiveFiles.Tar(("a.txt", '0', "first"u8.ToArray()), ("b.txt", '0', "second"u8.ToArray())));
}

public sealed class GzipReaderTests : ContainerReaderContract
{
    protected override IReadOnlyList<string> Entries { get; } = ["a"];

    [Fact]
    public async Task A_bomb_is_refused()
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => UnpackAsync(ArchiveFiles.Gzip(new byte[40 << 20])));

        Assert.Contains("200 times as much", error.Message, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new ArchiveReader(limits);

    protected override byte[] Sample() => ArchiveFiles.Gzip(Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 500))));
}
