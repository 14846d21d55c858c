using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class XlsReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_workbook_is_read_with_its_sheets_and_tables()
    {
        var document = await ReadAsync(XlsFiles.Sample());

        Golden.Check("sample.xls.txt", Golden.Describe(document));
        Assert.Equal(["Hidden sheets were not read: Draft. Unhide those that belong to the document."], document.Warnings);
        Assert.Equal("Prices!A2:D2", document.Lines!.NameAt(document.Text.IndexOf("Adult", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_workbook_reads_the_same_as_in_the_new_format()
    {
        var old = await ReadAsync(await File.ReadAllBytesAsync(SharedData.Require("office-markitdown/test.xls")));
        var current = await new XlsxReader().ReadAsync(new MemoryStream(await File.ReadAllBytesAsync(SharedData.Require("office-markitdown/test.xlsx"))), "sample");

        Assert.Equal(current.Text, old.Text);
    }

    public static TheoryData<string, byte[], string> Broken { get; } = new()
    {
        { "only the signature", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "no complete compound file" },
        { "another compound file", CompoundFiles.Of(("WordDocument", [1])), "holds no workbook" },
        { "an encrypted package", CompoundFiles.Of(("EncryptedPackage", [1])), "protected by a password" },
        { "an encrypted workbook", XlsFiles.Of(XlsFiles.Record(0x2F, [0, 0]), ("A", 0, [])), "protected by a password" },
        { "Excel 5", CompoundFiles.Of(("Book", XlsFiles.Bof(0x500))), "Excel 95" },
        { "no sheets", CompoundFiles.Of(("Workbook", XlsFiles.Bof())), "no sheets" },
        { "a text repeated without end", XlsFiles.Of(
            XlsFiles.Record(0xFC, [.. XlsFiles.Int(1), .. XlsFiles.Int(1), .. XlsFiles.Short(8_000), 0, .. Enumerable.Repeat((byte)'a', 8_000)]),
            ("A", 0, [.. Enumerable.Range(0, 8_000).SelectMany(row => XlsFiles.Shared(row, 0, 0))])), "longer than" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_no_workbook_is_refused_with_a_sentence(string name, byte[] bytes, string expected)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(bytes));

        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), $"{name}: {error.Message}");
    }

    [Theory]
    [InlineData("Workbook", "application/vnd.ms-excel")]
    [InlineData("WordDocument", "application/msword")]
    [InlineData("PowerPoint Document", "application/vnd.ms-powerpoint")]
    [InlineData("__properties_version1.0", "application/vnd.ms-outlook")]
    [InlineData("EncryptedPackage", "application/x-ooxml-protected")]
    [InlineData("Other", "application/x-ole-storage")]
    public void A_compound_file_is_told_by_what_is_in_it(string stream, string mediaType)
    {
        var file = CompoundFiles.Of(("Big", new byte[9_000]), (stream, [1, 2, 3]));

        Assert.Equal(mediaType, MediaTypes.Detect(file, "a.xls"));
        Assert.Equal("application/x-ole-storage", MediaTypes.Detect(file.AsSpan(0, 600), "a.xls"));
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new XlsReader(limits);

    protected override byte[] Sample() => XlsFiles.Sample();

    private static Task<Document> ReadAsync(byte[] bytes) => new XlsReader().ReadAsync(new MemoryStream(bytes), "sample");
}
