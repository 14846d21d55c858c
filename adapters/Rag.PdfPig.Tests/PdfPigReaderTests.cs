using Rag.Ingest.Reading;
using Rag.Ingest.Tests.Reading;
using Rag.Testing;

namespace Rag.PdfPig.Tests;

public sealed class PdfPigReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task Text_pages_and_title_are_those_of_our_own_reader()
    {
        var bytes = PdfFiles.Of("The first page names Ada Crane.", "The second page opens every Tuesday.");

        var (theirs, ours) = (await new PdfPigReader().ReadAsync(new MemoryStream(bytes), "a.pdf"), await new PdfReader().ReadAsync(new MemoryStream(bytes), "a.pdf"));

        Assert.Equal((ours.Text, ours.Title, ours.MediaType), (theirs.Text, theirs.Title, theirs.MediaType));
        Assert.Equal(ours.Pages!.At(40), theirs.Pages!.At(40));
    }

    [Fact]
    public async Task A_word_stands_where_our_own_reader_finds_it()
    {
        var bytes = PdfFiles.Of("The archive was founded by Ada Crane.");
        var (theirs, ours) = (await new PdfPigReader().ReadAsync(new MemoryStream(bytes), "a.pdf"), await new PdfReader().ReadAsync(new MemoryStream(bytes), "a.pdf"));

        var start = ours.Text.IndexOf("founded", StringComparison.Ordinal);
        var (their, our) = (Assert.Single(theirs.Boxes!.Within(new(start, start + 7))), Assert.Single(ours.Boxes!.Within(new(start, start + 7))));

        Assert.Equal(our.Page, their.Page);
        Assert.Equal(our.X0, their.X0, 1.0);
        Assert.Equal(our.X1, their.X1, 1.0);
        Assert.Equal(our.Y1, their.Y1, 4.0); // theirs ends at the glyphs, ours at the line
    }

    [Fact]
    public async Task What_is_no_pdf_is_refused_with_a_sentence()
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => new PdfPigReader().ReadAsync(new MemoryStream("plain text"u8.ToArray()), "notes/a.pdf"));

        Assert.StartsWith("'notes/a.pdf' cannot be read: PdfPig says: ", error.Message, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new PdfPigReader(limits: limits);

    protected override byte[] Sample() => PdfFiles.Sample();
}
