using System.Diagnostics;
using System.Text;

namespace Rag.Pdf.Tests.Files;

/// <summary>Damaged files give a result or a <see cref="PdfException"/>, in time and in memory.</summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    [Fact]
    public void Open_takes_damaged_files() => Run(Small(), 60);

    [Fact]
    [Trait("Category", "Slow")]
    public void Open_takes_many_damaged_files() => Run([.. Small(), .. Real("pdf/files"), .. Real("bad-input/pdf")], 260);

    private static void Run(byte[][] files, int each)
    {
        for (var f = 0; f < files.Length; f++)
        {
            var all = Mutations.Of(files[f], each / 2, seed: f).Concat(PdfMutations.Of(files[f], each / 2, seed: f));
            var i = 0;
            foreach (var bytes in all)
            {
                var watch = Stopwatch.StartNew();
                Try(bytes, $"file {f}, mutation {i++}");
                Assert.True(watch.Elapsed < Most, $"file {f}, mutation {i - 1} of {bytes.Length} bytes took {watch.Elapsed}");
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
        return [pdf.ToBytes(), pdf.ToCompressedBytes(), pdf.ToCompressedBytes(objectStreams: false), EncryptedFiles.Read("r3-rc4-128"), EncryptedFiles.Read("r6-aes-256-empty-user")];
    }

    private static IEnumerable<byte[]> Real(string folder) =>
        Directory.EnumerateFiles(SharedData.Require(folder), "*.pdf").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(b => b.Length < 1 << 20);
}
