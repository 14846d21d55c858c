using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class OpenDocumentReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task A_text_is_read_with_its_structure() => Golden.Check("sample.odt.txt", Golden.Describe(await ReadAsync(OdfFiles.Text())));

    [Fact]
    public async Task A_spreadsheet_is_read_with_its_sheets()
    {
        var document = await ReadAsync(OdfFiles.Sheets());

        Golden.Check("sample.ods.txt", Golden.Describe(document));
        Assert.Equal(["Hidden sheets or slides were not read: Draft. Unhide those that belong to the document."], document.Warnings);
        Assert.Equal("Prices!A3:D3", document.Lines!.NameAt(document.Text.LastIndexOf("Adult", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_presentation_is_read_slide_by_slide()
    {
        var document = await ReadAsync(OdfFiles.Slides());

        Golden.Check("sample.odp.txt", Golden.Describe(document));
        Assert.Equal(["Hidden sheets or slides were not read: two. Unhide those that belong to the document."], document.Warnings);
    }

    [Fact]
    public async Task Cells_that_are_repeated_without_end_are_bounded()
    {
        var row = "<table:table-row table:number-rows-repeated='1000000000'><table:table-cell table:number-columns-repeated='1000000000'><text:p>again</text:p></table:table-cell></table:table-row>";

        var document = await ReadAsync(OdfFiles.Of("spreadsheet", $"<table:table table:name='A'>{row}{row}{row}</table:table>"));

        Assert.InRange(document.Text.Length, 100_000, 2_000_000);
    }

    [Theory]
    [InlineData("float", "1234.5", "1,234.50", "1,234.50")]
    [InlineData("float", "1234.5", "1.234,50", "1234.5")]
    [InlineData("float", "1234", "1.234", "1234")]
    [InlineData("float", "-5.3", "-5,3", "-5.3")]
    [InlineData("percentage", "0.125", "12.5%", "12.5%")]
    [InlineData("percentage", "0.125", "12,5 %", "12.5%")]
    [InlineData("currency", "1234.567", "$1,234.57", "$1,234.57")]
    [InlineData("float", "3", "three", "3")]
    [InlineData("string", "", "12,5", "12,5")]
    public async Task Numbers_have_the_decimal_point_of_English(string type, string value, string words, string expected)
    {
        var document = await ReadAsync(OdfFiles.Of("spreadsheet", $"<table:table table:name='A'><table:table-row><table:table-cell office:value-type='{type}' office:value='{value}'><text:p>{words}</text:p></table:table-cell></table:table-row></table:table>"));

        Assert.Equal($"A\n\n{expected}", document.Text);
    }

    [Theory]
    [InlineData("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=mc^{2}")]
    [InlineData("<semantics><mrow><mfrac><mn>1</mn><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt></mfrac></mrow><annotation encoding='StarMath 5.0'>1 over sqrt x</annotation></semantics>", @"\frac{1}{\sqrt{x+1}}")]
    [InlineData("<mroot><mi>y</mi><mn>3</mn></mroot>", @"\sqrt[3]{y}")]
    [InlineData("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>a</mi><mi>i</mi></msub>", "∑_{i=1}^{n}a_{i}")]
    [InlineData("<mfenced><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable></mfenced>", "(1 2 ; 3 ; )")]
    [InlineData("<msup><mi>x</mi></msup><mfrac/>", "x")]
    public async Task Formulas_stand_in_the_text_in_the_manner_of_LaTeX(string math, string expected)
    {
        var frame = "<draw:frame><draw:object xmlns:x='http://www.w3.org/1999/xlink' x:href='./Object 1'/><draw:image/><svg:desc>a formula</svg:desc></draw:frame>";
        var file = OdfFiles.Of("text", $"<text:p>Before {frame} after.</text:p><text:p>Once {frame}more.</text:p>");

        var document = await ReadAsync(DocxFiles.Replace(file, "Object 1/content.xml", $"<!DOCTYPE math PUBLIC 'x' 'http://127.0.0.1/math.dtd'><math xmlns='http://www.w3.org/1998/Math/MathML'>{math}</math>"));

        Assert.Equal($"Before {expected} after.\n\nOnce more.\n\na formula", document.Text);
    }

    [Fact]
    public async Task Another_object_is_no_formula_and_a_deep_formula_is_refused()
    {
        var file = OdfFiles.Of("text", "<text:p>Before <draw:frame><draw:object xmlns:x='http://www.w3.org/1999/xlink' x:href='./Object 1'/></draw:frame>after.</text:p>");

        Assert.Equal("Before after.", (await ReadAsync(DocxFiles.Replace(file, "Object 1/content.xml", "<chart>7</chart>"))).Text);
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(DocxFiles.Replace(file, "Object 1/content.xml", $"<math>{string.Concat(Enumerable.Repeat("<mrow>", 100_000))}{string.Concat(Enumerable.Repeat("</mrow>", 100_000))}</math>")));
        Assert.Contains("nested more than 256 deep", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> Broken { get; } = new()
    {
        { "another zip", DocxFiles.Zip(("a.txt", "x"u8.ToArray())), "no content.xml" },
        { "a password", DocxFiles.Replace(OdfFiles.Text(), "META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>"), "password" },
        { "an entity", DocxFiles.Replace(OdfFiles.Text(), "content.xml", "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><a>&a;</a>"), "damaged" },
        { "cut content", DocxFiles.Replace(OdfFiles.Text(), "content.xml", "<a><body><text>"), "damaged" },
        { "lists in lists", OdfFiles.Of("text", string.Concat(Enumerable.Repeat("<text:list>", 5_000)) + string.Concat(Enumerable.Repeat("</text:list>", 5_000))), "nested more than 256 deep" },
        { "spans in spans", OdfFiles.Of("text", $"<text:p>{string.Concat(Enumerable.Repeat("<text:span>", 5_000))}{string.Concat(Enumerable.Repeat("</text:span>", 5_000))}</text:p>"), "nested more than 256 deep" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_no_OpenDocument_file_is_refused_with_a_sentence(string name, byte[] bytes, string expected)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(bytes));

        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), $"{name}: {error.Message}");
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new OpenDocumentReader(limits);

    protected override byte[] Sample() => OdfFiles.Text();

    private static Task<Document> ReadAsync(byte[] bytes) => new OpenDocumentReader().ReadAsync(new MemoryStream(bytes), "folder/sample");
}
