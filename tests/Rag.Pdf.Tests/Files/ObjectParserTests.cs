using System.Globalization;
using System.Text;
using Rag.Pdf.Files;

namespace Rag.Pdf.Tests.Files;

public sealed class ObjectParserTests
{
    private readonly PdfWarnings _warnings = new();

    [Theory]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("/Name#31/Next", "/Name1")]
    [InlineData("/", "/")]
    [InlineData("(a(b)c)", "(a(b)c)")]
    [InlineData("<48 65 6C6>", "(Hel`)")]
    [InlineData("[1 2 3 0 R]", "[1 2 3:0]")]
    [InlineData("[1 0 R 2 0 5 1 R]", "[1:0 2 0 5:1]")]
    [InlineData("[ 1 [ 2 ] << /A [ ] >> ]", "[1 [2] <</A []>>]")]
    [InlineData("<</A 1/B(x)/C/D/E<</F null/G 2>>>>", "<</A 1 /B (x) /C /D /E <</G 2>>>>")]
    [InlineData("% comment\n<< % another >>\n/A 1 >>", "<</A 1>>")]
    public void Read_gives_each_kind_of_object(string source, string expected) => Assert.Equal(expected, Describe(source));

    [Theory]
    [InlineData("<< /A 1 /A 2 >>", "<</A 2>>")]
    [InlineData("<< /A 1 2 (x) /B 3 >>", "<</A 1 /B 3>>")]
    [InlineData("<< /A 1 endobj /B 2 >>", "<</A 1>>")]
    [InlineData("<< /A [1 2 >> 3", "<</A [1 2]>>")]
    [InlineData("<< /A 1 > /B 2 >>", "<</A 1 /B 2>>")]
    [InlineData("<< /A 1 ] /B 2 >>", "<</A 1 /B 2>>")]
    [InlineData("<< /A << /B 1 \n2 0 obj << /C 3 >>", "<</A <</B 1>>>>")]
    [InlineData("[ << /A 1 ] 2", "[<</A 1>>]")]
    [InlineData("[ 1 foo ) } 2 ", "[1 2]")]
    [InlineData("[ 1 2 stream 3 ]", "[1 2]")]
    [InlineData("(a (b) c", "(a (b)")]
    [InlineData("<4142 /A 1", "(AB)")]
    [InlineData("[4294967296 0 R]", "[4294967296 0]")]
    [InlineData("", "null")]
    [InlineData("]", "null")]
    public void Read_makes_the_best_of_what_is_damaged(string source, string expected) => Assert.Equal(expected, Describe(source));

    [Fact]
    public void Read_cuts_what_is_nested_too_deep()
    {
        var parsed = Parse(new string('[', 100_000));

        Assert.IsType<PdfArray>(parsed);
        Assert.Contains(_warnings.ToList(), w => w.Message.Contains("200 levels", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_cuts_what_has_too_many_values()
    {
        var parsed = Parse("[" + string.Concat(Enumerable.Repeat("1 ", 1_200_000)) + "]");

        Assert.InRange(Assert.IsType<PdfArray>(parsed).Count, 1_000_000, 1_100_000);
        Assert.Single(_warnings.ToList());
    }

    [Fact]
    public void Read_gives_names_of_bytes_as_UTF8_or_else_Latin1()
    {
        Assert.Equal("é", Assert.IsType<PdfName>(Parse("/\u00C3\u00A9")).Value);
        Assert.Equal("é", Assert.IsType<PdfName>(Parse("/\u00E9")).Value);
        Assert.Equal("é", Assert.IsType<PdfName>(Parse("/#e9")).Value);
    }

    [Fact]
    public void Read_does_not_take_an_escaped_name_for_one_that_looks_like_it()
    {
        var context = Context();

        var name = new ObjectParser("/A#2342"u8, 0, context).Read();
        var other = new ObjectParser("/A#42"u8, 0, context).Read();

        Assert.Equal("A#42", Assert.IsType<PdfName>(name).Value);
        Assert.Equal("AB", Assert.IsType<PdfName>(other).Value);
    }

    [Fact]
    public void Read_ends_on_random_bytes()
    {
        var random = new Random(1);
        const string Alphabet = "[]<>()/% 0123456789RABobjstream\n\\.-";
        for (var i = 0; i < 2000; i++)
        {
            var source = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

            Parse(source);
        }
    }

    private static string Describe(PdfObject? value) => value switch
    {
        null => "null",
        PdfBoolean b => b.Value ? "true" : "false",
        PdfNumber n => n.Value.ToString(CultureInfo.InvariantCulture),
        PdfName n => "/" + n.Value,
        PdfString s => $"({s.ToText()})",
        PdfReference r => $"{r.Number}:{r.Generation}",
        PdfArray a => $"[{string.Join(' ', Enumerable.Range(0, a.Count).Select(i => Describe(a.Raw(i))))}]",
        PdfDictionary d => $"<<{string.Join(' ', d.Keys.Select(k => $"/{k} {Describe(d.Raw(k))}"))}>>",
        _ => value.ToString()!,
    };

    private string Describe(string source) => Describe(Parse(source));

    private ParseContext Context() => new(Direct.Objects, new(), _warnings);

    private PdfObject? Parse(string source) => new ObjectParser(Encoding.Latin1.GetBytes(source), 0, Context()).Read();
}
