using System.Text;

namespace Rag.Pdf.Tests.Files;

/// <summary>Damaged files give a result or a <see cref="PdfException"/>. Time and memory are measured in <c>bench/Rag.Quality</c>.</summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    [Fact]
    public void Open_takes_damaged_files() => Run(Small(), 60);

    [Fact]
    public async Task Documents_are_read_to_their_end_whatever_the_damage()
    {
        foreach (var (file, number) in Small().Select((file, number) => (file, number)))
        {
            var open = PdfUnpacking.Of(file);
            foreach (var bytes in Mutations.Of(file, 10, number).Concat(PdfMutations.Of(file, 15, number)).Concat(PdfMutations.Of(open, 15, number)))
            {
                await ReadAsync(bytes);
            }
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Open_takes_many_damaged_files() => Run([.. Small(), .. Real("pdf/files"), .. Real("bad-input/pdf")], 260);

    private static async Task ReadAsync(byte[] bytes)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(Hang);
        try
        {
            await foreach (var page in PdfDocument.Open(bytes, new() { Password = "user" }).ReadPagesAsync(hang.Token))
            {
                Assert.True(page.Words.All(w => w.Start >= 0 && w.Start + w.Length <= page.Text.Length));
            }
        }
        catch (PdfException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static void Run(byte[][] files, int each)
    {
        for (var f = 0; f < files.Length; f++)
        {
            var all = Mutations.Of(files[f], each / 2, seed: f).Concat(PdfMutations.Of(files[f], each / 2, seed: f));
            var i = 0;
            foreach (var bytes in all)
            {
                Try(bytes, $"file {f}, mutation {i++}");
            }
        }
    }

    private static void Try(byte[] bytes, string which)
    {
        try
        {
            new Opened(bytes, "user", maxStreamBytes: 1 << 24).ReadEverything();
        }
        catch (PdfException)
        {
            // a sentence for the user
        }
        catch (Exception e)
        {
            Assert.Fail($"{which}: {e}");
        }
    }

    private static byte[][] Small()
    {
        var pdf = PdfWriter.WithText("Hello");
        pdf.TrailerEntries = $"/Info {pdf.Add("<< /Title (A title) /Nested [[[<< /A << /B [1 2 3] >> >>]]] >>")} 0 R";
        pdf.AddStream(new byte[5000], "/Extra 1", deflate: true);
        pdf.AddStream(Encoding.Latin1.GetBytes("48656C6C6F>"), "/Filter [/AHx]");
        pdf.AddStream([0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], "/Filter /LZWDecode /DecodeParms << /Predictor 12 /Columns 3 >>");
        return [Full(), pdf.ToBytes(), pdf.ToCompressedBytes(), pdf.ToCompressedBytes(objectStreams: false), EncryptedFiles.Read("r3-rc4-128"), EncryptedFiles.Read("r6-aes-256-empty-user")];
    }

    // something of everything that is read besides text
    private static byte[] Full()
    {
        var pdf = new PdfWriter();
        var font = $"/Font << /F1 {pdf.AddFont()} 0 R /F2 {pdf.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode {pdf.AddStream("1 beginbfrange <0000> <00FF> <0041> endbfrange", deflate: true)} 0 R >>")} 0 R >>";
        var form = pdf.AddStream("BT /F1 9 Tf 10 10 Td (form) Tj ET", $"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << {font} >>");
        var field = pdf.Add("<< /Type /Annot /Subtype /Widget /FT /Tx /V (value) /T (f) /Rect [10 10 90 20] >>");
        var content = "BT /F1 12 Tf 72 720 Td /P << /MCID 0 >> BDC (Some text of a line that ends with a hy-) Tj 0 -14 Td (phen) Tj EMC /F2 12 Tf 0 -30 Td [<00010002> -900 <0003>] TJ ET 72 600 m 300 600 l S 72 560 m 300 560 l S 72 600 m 72 560 l S 300 600 m 300 560 l S 180 600 m 180 560 l S /X Do BI /W 1 /H 1 /BPC 8 ID x EI";
        var first = pdf.AddPage(content, $"{font} /XObject << /X {form} 0 R >>", $"/MediaBox [0 0 612 792] /Rotate 90 /StructParents 0 /Annots [{field} 0 R]", deflate: true);
        pdf.AddPage(content, $"{font} /XObject << /X {form} 0 R >>", "/MediaBox [0 0 612 792] /CropBox [10 10 500 700] /UserUnit 2");
        var (outline, root) = (pdf.Reserve(), pdf.Reserve());
        var element = pdf.Add($"<< /Type /StructElem /S /P /P {root} 0 R /Pg {first} 0 R /K 0 >>");
        pdf.Set(root, $"<< /Type /StructTreeRoot /K {element} 0 R /ParentTree << /Nums [0 [{element} 0 R]] >> >>");
        pdf.Set(outline, $"<< /First {pdf.Add($"<< /Title (Some text) /Parent {outline} 0 R /Dest [{first} 0 R /Fit] >>")} 0 R >>");
        pdf.CatalogEntries = $"/Outlines {outline} 0 R /StructTreeRoot {root} 0 R /MarkInfo << /Marked true >> /PageLabels << /Nums [0 << /S /r >>] >> /AcroForm << /Fields [{field} 0 R] >>";
        return pdf.ToBytes();
    }

    private static IEnumerable<byte[]> Real(string folder) =>
        Directory.EnumerateFiles(SharedData.Require(folder), "*.pdf").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(b => b.Length < 1 << 20);
}
