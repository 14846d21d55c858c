using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class AsciiDocReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_whole_file_reads_as_reviewed()
    {
        var document = await OutlineTexts.ReadAsync(Encoding.UTF8.GetString(Sample()), "kiln.adoc");

        DocumentPromises.Check(document);
        Golden.Check("kiln.adoc.txt", Golden.Describe(document));
        Assert.DoesNotContain("passwd", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_those_of_the_file()
    {
        var lines = Encoding.UTF8.GetString(Sample()).Split('\n');
        var document = await OutlineTexts.ReadAsync(string.Join("\r\n", lines), "kiln.adoc");

        Assert.All(
            new[] { "finger", "glaze", "seal", "def fire", "return kiln", "Really", "patient", "Close", "lamp" }.Where(word => document.Text.Contains(word, StringComparison.Ordinal)),
            word => Assert.Contains(word, lines[document.Lines!.At(document.Text.IndexOf(word, StringComparison.Ordinal)) - 1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*a* _b_ `c` #d# e^2^ H~2~O **f**g __h__i \\*j* 2*3*4 a_b_c", "a b c d e2 H2O fg hi *j* 2*3*4 a_b_c")]
    [InlineData("link:x[a] xref:b[] <<c>> <<d,e>> menu:F[G] (((no))) ((yes)) image:x[alt] {nbsp}{unknown}", "a b c e F > G  yes alt  {unknown}")]
    [InlineData("== A\n\n=== B\n\n## C", "A\n\nB\n\nC")]
    [InlineData("* a\n** b\n*** c\n** d\n\n. e\n. f", "- a\n- b\n- c\n- d\n1. e\n2. f")]
    [InlineData("....\n x\n\n  y\n....\n--\nz\n--", "x\n\n y\n\nz")]
    [InlineData("|===\n|a |b |c\n\n|1 2+|x\n3*|y\n|===", "| a | b | c |\n| --- | --- | --- |\n| 1 | x | x |\n| y | y | y |")]
    [InlineData(",===\na,b\n1,2\n,===", "| a | b |\n| --- | --- |\n| 1 | 2 |")]
    [InlineData("[TIP]\nwords\n\n.Title\nmore", "Tip: words\n\nTitle\n\nmore")]
    [InlineData("", "")]
    public async Task Markup_becomes_readable_text(string source, string text)
    {
        var document = await OutlineTexts.ReadAsync(source, "a.adoc");

        Assert.Equal(text, document.Text);
        DocumentPromises.Check(document);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new AsciiDocReader(limits);

    protected override byte[] Sample() => File.ReadAllBytes(Path.Combine(SourceFolder.Of("Golden"), "kiln.adoc"));
}
