using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class EpubReaderTests : DocumentReaderContract
{
    private const string Encryption = "<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/text/two.xhtml'/></CipherData></EncryptedData></encryption>";

    [Fact]
    public async Task A_book_is_read_in_the_order_of_its_spine_with_its_chapters_as_pages()
    {
        var document = await ReadAsync(Sample());

        Golden.Check("sample.epub.txt", Golden.Describe(document));
        Assert.Equal(["The beginning", "The end"], Enumerable.Range(1, 2).Select(page => document.Pages!.NameAt(document.Blocks.First(b => b.Page == page).Span.Start)));
    }

    [Fact]
    public async Task A_book_of_the_second_version_has_its_titles_in_another_file()
    {
        var document = await ReadAsync(Book("toc='ncx'", "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>", ("OEBPS/toc.ncx", "<!DOCTYPE ncx PUBLIC '-//NISO//DTD ncx 2005-1//EN' 'http://x/ncx.dtd'><ncx><navMap><navPoint><navLabel><text>Old &amp; good</text></navLabel><content src='text/two.xhtml#a'/></navPoint></navMap></ncx>")));

        Assert.Equal("Old & good", document.Pages!.NameAt(document.Text.IndexOf("Second", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_protected_book_is_refused_and_one_with_protected_fonts_is_read()
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(Book("", "", ("META-INF/encryption.xml", Encryption))));
        var fonts = await ReadAsync(Book("", "", ("META-INF/encryption.xml", Encryption.Replace("text/two.xhtml", "font.otf", StringComparison.Ordinal))));

        Assert.Contains("encrypted (DRM)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Second", fonts.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_be_found_in_a_book_is_found()
    {
        var document = await DocumentReaders.Default.ReadFileAsync(SharedData.Require("office-markitdown/test.epub"), "a");

        Assert.All(
            ["Authors: Test Author", "A test EPUB document for MarkItDown testing", "Chapter 1: Test Content", "This is a test paragraph with some formatting", "A bullet point", "Another point", "Chapter 2: More Content", "different style", "This is a blockquote for testing"],
            text => Assert.Contains(text, document.Text, StringComparison.Ordinal));
        Assert.Contains(document.Blocks, block => block.Kind == BlockKind.Quote);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new EpubReader(limits);

    protected override byte[] Sample() => Book("", "<item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>",
        ("OEBPS/nav.xhtml", "<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><body><nav epub:type='toc'><ol><li><a href='text/one.xhtml'>The beginning</a></li><li><a href='text/two.xhtml'>The end</a></li></ol></nav></body></html>"));

    private static byte[] Book(string spine, string items, params (string, string)[] more) => ArchiveFiles.Zip([
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='OEBPS/book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"),
        ("OEBPS/book.opf", $"""
            <package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'>
            <metadata><dc:title>The bridge</dc:title><dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator><dc:language>en-GB</dc:language><dc:description>How it was built.</dc:description></metadata>
            <manifest>{items}<item id='b' href='text/two.xhtml' media-type='application/xhtml+xml'/><item id='a' href='text/one.xhtml' media-type='application/xhtml+xml'/><item id='p' href='p.png' media-type='image/png'/></manifest>
            <spine {spine}><itemref idref='a'/><itemref idref='b'/><itemref idref='none'/></spine></package>
            """),
        ("OEBPS/text/one.xhtml", "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x.js'/></head><body><h1>Chapter 1</h1><p>The first <i>paragraph</i>.</p><ul><li>deck</li><li>piers</li></ul><p hidden=''>Never.</p></body></html>"),
        ("OEBPS/text/two.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>2</title></head><body><p>Second <a id='a'/>chapter.</p><blockquote><p>A quote.</p></blockquote></body></html>"),
        .. more]);

    private static Task<Document> ReadAsync(byte[] bytes) => new EpubReader().ReadAsync(new MemoryStream(bytes), "sample");
}
