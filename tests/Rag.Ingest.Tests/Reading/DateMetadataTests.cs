using System.Text;
using Rag.Enrichment;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>What files say of their own dates, as readers give it and <see cref="DateEnricher"/> takes it.</summary>
public sealed class DateMetadataTests
{
    [Theory]
    [InlineData("a.md", "---\ntitle: T\ndate: 2021-03-04T10:00:00+02:00\nms.date: 01/31/2020\n---\nx", "2021-03-04", "date")]
    [InlineData("a.md", "---\nms.date: 01/31/2020\n---\nx", "2020-01-31", "date")]
    [InlineData("a.md", "---\nms.date: 3/04/2020\n---\nx", "2020-03-04", "date")]
    [InlineData("a.md", "---\nlastmod: '2020-05-06'\n---\nx", "2020-05-06", "modified")]
    [InlineData("a.html", "<meta property='article:published_time' content='2021-03-04T23:00:00-08:00'><meta property='article:modified_time' content='2022-01-01'><p>Text", "2021-03-04", "published")]
    [InlineData("a.html", "<!doctype html><meta name=DC.date content='4 March 2021'><p>Text", "2021-03-04", "published")]
    [InlineData("a.html", "<!doctype html><p>Text <time datetime='2021-03-04 10:00'>yesterday</time>", "2021-03-04", "published")]
    [InlineData("a.eml", "From: a@example.org\nDate: Thu, 4 Mar 2021 23:00:00 -0800\nSubject: s\n\nText", "2021-03-04", "date")]
    public async Task Dates_of_a_source_are_found(string name, string content, string date, string from)
    {
        var finding = Assert.Single(await FindAsync(name, Encoding.UTF8.GetBytes(content)));

        Assert.Equal((date, $"metadata: {from}"), (finding.Value, finding.From));
    }

    [Theory]
    [InlineData("a.md", "---\ntitle: T\ndate:\n---\nx")]
    [InlineData("a.md", "---\ndate: 3/04/2020\n---\nx")]
    [InlineData("a.html", "<!doctype html><p>Text <time datetime='2021-03-04'>one</time> <time datetime='2022-03-04'>two</time>")]
    [InlineData("a.html", "<!doctype html><meta name=date content=today><p>Text")]
    [InlineData("a.eml", "From: a@example.org\nDate: soon\n\nText")]
    public async Task What_names_no_day_is_none(string name, string content) => Assert.Empty(await FindAsync(name, Encoding.UTF8.GetBytes(content)));

    [Fact]
    public async Task Dates_of_office_files_and_PDF_are_found()
    {
        const string Core = """
            <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>2021-03-04T10:00:00Z</dcterms:created><dcterms:modified>2022-01-01T10:00:00Z</dcterms:modified></cp:coreProperties>
            """;
        var pdf = new PdfWriter();
        pdf.AddPage("BT /F1 12 Tf 72 700 Td (Words on a page) Tj ET");
        pdf.TrailerEntries = $"/Info {pdf.Add("<< /CreationDate (D:20200506120000Z) >>")} 0 R";

        Assert.Equal("2021-03-04", Assert.Single(await FindAsync("a.docx", DocxFiles.Of(DocxFiles.P("Text"), core: Core))).Value);
        Assert.Equal("2020-05-06", Assert.Single(await FindAsync("a.pdf", pdf.ToBytes())).Value);
    }

    private static async Task<IReadOnlyList<DocumentFinding>> FindAsync(string name, byte[] bytes)
    {
        var document = await DocumentReaders.Default.ReadAsync(bytes, name, name, MediaTypes.Detect(bytes, name), default);
        return await new DateEnricher().FindAsync(document);
    }
}
