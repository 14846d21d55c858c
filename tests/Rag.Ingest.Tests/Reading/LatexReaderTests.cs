using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class LatexReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_whole_file_reads_as_reviewed()
    {
        var document = await OutlineTexts.ReadAsync(Encoding.UTF8.GetString(Sample()), "kiln.tex");

        DocumentPromises.Check(document);
        Golden.Check("kiln.tex.txt", Golden.Describe(document));
        Assert.DoesNotContain("passwd", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_those_of_the_file()
    {
        var lines = Encoding.UTF8.GetString(Sample()).Split('\n');
        var document = await OutlineTexts.ReadAsync(string.Join("\r\n", lines), "kiln.tex");

        Assert.All(
            new[] { "finger", "glaze", "seal", "def fire", "return kiln", "Really", "patient", "Close", "lamp" }.Where(word => document.Text.Contains(word, StringComparison.Ordinal)),
            word => Assert.Contains(word, lines[document.Lines!.At(document.Text.IndexOf(word, StringComparison.Ordinal)) - 1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\\emph{a} {\\bf b} \\textcolor{red}{c} \\unknown{d}{e} \\label{no}f", "a  b c de f")]
    [InlineData("Erd\\H{o}s na\\\"ive \\c{c}a Stra\\ss e \\'{e} \\o{} \\LaTeX{} \\ldots", "Erdős naïve ça Straße é ø LaTeX …")]
    [InlineData("a~b---c \\& \\% \\_ \\{ \\$5 $a_1 \\& b$", "a b—c & % _ { $5 $a_1 \\& b$")]
    [InlineData("x \\cite[p. 3]{a,b} \\ref{c} \\verb|\\d{e}|", "x [a,b] c \\d{e}")]
    [InlineData("\\chapter{A}\\section*{B}\n\\subsection[s]{C}\ntext", "A\n\nB\n\nC\n\ntext")]
    [InlineData("a\n%\nb\n\nc % d\ne 5\\% f", "a b\n\nc e 5% f")]
    [InlineData("a \\[ x = 1 \\] b \\begin{align} y \\end{align} c", "a\n\nx = 1\n\nb\n\ny\n\nc")]
    [InlineData("\\begin{description}\\item[One] first\\item[Two] second\\end{description}", "- One: first\n- Two: second")]
    [InlineData("\\begin{tabular}{l p{3cm}}\\toprule a & b \\\\ \\multicolumn{2}{c}{d} \\\\ \\end{tabular}", "| a | b |\n| --- | --- |\n| d |  |")]
    [InlineData("", "")]
    public async Task Markup_becomes_readable_text(string source, string text)
    {
        var document = await OutlineTexts.ReadAsync(source, "a.tex");

        Assert.Equal(text, document.Text);
        DocumentPromises.Check(document);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new LatexReader(limits);

    protected override byte[] Sample() => File.ReadAllBytes(Path.Combine(SourceFolder.Of("Golden"), "kiln.tex"));
}
