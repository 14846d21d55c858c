using Rag.Ingest.Reading;
using Rag.Pdf;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class PdfReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_document_is_read_with_its_structure() =>
        Golden.Check("sample.pdf.txt", Golden.Describe(await ReadAsync(PdfFiles.Sample())));

    [Fact]
    public async Task Every_word_knows_its_page_and_its_place_there()
    {
        var document = await ReadAsync(PdfFiles.Sample());

        var place = Assert.Single(document.Boxes!.Within(SpanOf(document, "founded by Ada Crane")));
        Assert.Equal(1, place.Page);
        Assert.InRange(place.X0, 150, 160); // behind "The archive was" from 72 on, in Helvetica of 11 points
        Assert.InRange(place.X1, 255, 270);
        Assert.InRange(place.Y0, 792 - 680 - 11, 792 - 680 - 6); // the baseline is 680 above the bottom of 792
        Assert.InRange(place.Y1, 792 - 680, 792 - 680 + 4);
        Assert.Equal(3, Assert.Single(document.Boxes!.Within(SpanOf(document, "every Tuesday"))).Page);
    }

    [Fact]
    public async Task A_word_that_a_line_break_divides_is_whole_and_stands_on_both_lines()
    {
        var document = await ReadAsync(PdfFiles.Sample());

        Assert.Equal(2, document.Boxes!.Within(SpanOf(document, "shipyards")).Count);
    }

    [Fact]
    public async Task Boxes_cover_every_word_and_lie_on_their_page()
    {
        var document = await ReadAsync(PdfFiles.Sample());

        foreach (var word in Rag.Ingest.Chunking.TextLines.Words(document.Text, new(0, document.Text.Length)).Where(w => w.Of(document.Text).Any(char.IsLetterOrDigit)))
        {
            var boxes = document.Boxes!.Within(word);
            Assert.NotEmpty(boxes);
            Assert.All(boxes, b => Assert.True(b.Page == document.Pages!.At(word.Start) && b is { X0: >= 0, Y0: >= 0, X1: <= 612, Y1: <= 792 }, $"{word.Of(document.Text)}: {b}"));
        }
    }

    [Fact]
    public async Task Title_and_language_are_the_files_own()
    {
        var document = await ReadAsync(PdfFiles.Sample());

        Assert.Equal(("Report of the archive", "en"), (document.Title, document.Language));
        Assert.Equal("a.pdf", (await ReadAsync(PdfFiles.Of("No title here."))).Title);
    }

    [Fact]
    public async Task Scanned_pages_are_listed_in_a_warning() =>
        Assert.Contains("Page 2 is a scanned image without text.", Assert.Single((await ReadAsync(PdfFiles.Sample())).Warnings), StringComparison.Ordinal);

    [Fact]
    public async Task A_recognizer_reads_the_scanned_pages()
    {
        var recognizer = new LabelReader();

        var document = await new PdfReader(recognizer: recognizer).ReadAsync(new MemoryStream(PdfFiles.Sample()), "a.pdf");

        var asked = Assert.Single(recognizer.Asked);
        Assert.Equal((2, 612d, 792d, null), (asked.Number, asked.Width, asked.Height, asked.Password));
        Assert.Equal(PdfFiles.Sample(), asked.File.ToArray());
        Assert.Empty(document.Warnings);
        Assert.Equal(2, document.Blocks.Single(b => b.Span.Of(document.Text) == "Scanned label").Page);
        Assert.Equal([new(2, 10, 20, 90, 40)], document.Boxes!.Within(SpanOf(document, "Scanned label")));
        DocumentPromises.Check(document);
    }

    [Fact]
    public async Task A_page_that_the_recognizer_cannot_read_is_listed()
    {
        var document = await new PdfReader(recognizer: new LabelReader { CanRead = false }).ReadAsync(new MemoryStream(PdfFiles.Sample()), "a.pdf");

        Assert.StartsWith("Page 2 is a scanned image", Assert.Single(document.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_file_asks_for_its_password_and_opens_with_it()
    {
        var locked = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(PdfFiles.Encrypted()));
        var wrong = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(PdfFiles.Encrypted(), new() { Password = "wrong" }));
        // <password>
        var readers = DocumentReaders.Default.With(new PdfReader(new PdfOptions { Password = "user" }));
        // </password>
        var document = await readers.ReadAsync(new MemoryStream(PdfFiles.Encrypted()), "a.pdf");

        Assert.All([locked, wrong], e => Assert.StartsWith("'a.pdf' cannot be read: The file is encrypted", e.Message, StringComparison.Ordinal));
        Assert.All([locked, wrong], e => Assert.Contains("--password", e.Message, StringComparison.Ordinal));
        Assert.NotEmpty(document.Text);
    }

    [Fact]
    public async Task A_file_without_pages_is_an_empty_document()
    {
        var document = await ReadAsync(PdfFiles.Empty());

        Assert.Equal(("", "a.pdf"), (document.Text, document.Title));
        DocumentPromises.Check(document);
    }

    [Fact]
    public async Task A_citation_of_a_passage_shows_the_quote_on_its_page()
    {
        var document = await ReadAsync(PdfFiles.Sample());
        var chunks = new Rag.Ingest.Chunking.StructureChunker().Split(document);
        var span = SpanOf(document, "opens: every Tuesday at nine");
        var chunk = chunks.Single(c => c.Span.Contains(span));

        var citation = new Citation(1, new(0, 3), chunk, span, span.Of(document.Text), 1);

        Assert.Equal(3, citation.Page);
        Assert.Equal(document.Boxes!.Within(span), citation.Boxes);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new PdfReader(limits: limits);

    protected override byte[] Sample() => PdfFiles.Sample();

    private static Task<Document> ReadAsync(byte[] file, PdfOptions? options = null) => new PdfReader(options).ReadAsync(new MemoryStream(file), "a.pdf");

    private static TextSpan SpanOf(Document document, string words)
    {
        var start = document.Text.IndexOf(words, StringComparison.Ordinal);
        Assert.True(start >= 0, $"'{words}' is not in '{document.Text}'");
        return new(start, start + words.Length);
    }

    /// <summary>Reads the same two words on every page.</summary>
    private sealed class LabelReader : IPageRecognizer
    {
        public List<ScannedPage> Asked { get; } = [];

        public bool CanRead { get; init; } = true;

        // <recognizer>
        public Task<RecognizedPage?> RecognizeAsync(ScannedPage page, CancellationToken cancellationToken = default)
        {
            Asked.Add(page);
            RecognizedPage read = new("Scanned label", [new(new(0, 7), new(page.Number, 10, 20, 50, 40)), new(new(8, 13), new(page.Number, 54, 20, 90, 40))]);
            return Task.FromResult(CanRead ? read : null);
        }
        // </recognizer>
    }
}
