using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class RstReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_whole_file_reads_as_reviewed()
    {
        var document = await OutlineTexts.ReadAsync(Encoding.UTF8.GetString(Sample()), "kiln.rst");

        DocumentPromises.Check(document);
        Golden.Check("kiln.rst.txt", Golden.Describe(document));
        Assert.DoesNotContain("passwd", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_those_of_the_file()
    {
        var lines = Encoding.UTF8.GetString(Sample()).Split('\n');
        var document = await OutlineTexts.ReadAsync(string.Join("\r\n", lines), "kiln.rst");

        Assert.All(
            new[] { "finger", "glaze", "seal", "def fire", "return kiln", "Really", "patient", "Close", "lamp" }.Where(word => document.Text.Contains(word, StringComparison.Ordinal)),
            word => Assert.Contains(word, lines[document.Lines!.At(document.Text.IndexOf(word, StringComparison.Ordinal)) - 1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("``a *b*`` :role:`c` :ref:`d <e>` `f <g>`_ `h`__ i_ **j** *k* |l| \\*m", "a *b* c d f h i j k l *m")]
    [InlineData("snake_case_name and __init__ and 2*3*4", "snake_case_name and __init__ and 2*3*4")]
    [InlineData("A\n==\n\nB\n--\n\nC\n==\n\n----\n\nD\n~~", "A\n\nB\n\nC\n\nD")]
    [InlineData("p::\n\n  code\n\n    more\n\nq", "p:\n\ncode\n\n  more\n\nq")]
    [InlineData("* a\n* b\n\n  c\n\n  1. d\n", "- a\n- b\n\nc\n\n1. d")]
    [InlineData("p\n\n  quoted\n  words\n\nq", "p\n\nquoted words\n\nq")]
    [InlineData(".. versionadded:: 2.1\n   The *thing*.\n\n.. seealso:: x", "Added in 2.1: The thing.\n\nSee also: x")]
    [InlineData(".. |x| replace:: y\n.. _t: http://x\n.. unknown::\n   :opt: z\n\n   words\n", "words")]
    [InlineData("", "")]
    public async Task Markup_becomes_readable_text(string source, string text)
    {
        var document = await OutlineTexts.ReadAsync(source, "a.rst");

        Assert.Equal(text, document.Text);
        DocumentPromises.Check(document);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new RstReader(limits);

    protected override byte[] Sample() => File.ReadAllBytes(Path.Combine(SourceFolder.Of("Golden"), "kiln.rst"));
}
