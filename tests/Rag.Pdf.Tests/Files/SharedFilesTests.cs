using System.Globalization;

namespace Rag.Pdf.Tests.Files;

/// <summary>Real files.</summary>
public sealed class SharedFilesTests
{
    [Fact]
    public void Open_reads_every_file_of_the_collection()
    {
        var folder = SharedData.Require("pdf");
        var failures = new List<string>();
        foreach (var row in File.ReadLines(Path.Combine(folder, "MANIFEST.tsv")).Skip(1).Select(l => l.Split('\t')))
        {
            var opened = new Opened(File.ReadAllBytes(Path.Combine(folder, "files", row[0])), row[7]);
            var (objects, streams, _) = opened.ReadEverything();
            var pages = opened.File.Catalog.Dictionary("Pages")!.Integer("Count");
            if (pages != int.Parse(row[8], CultureInfo.InvariantCulture) || objects < 5 || streams == 0)
            {
                failures.Add($"{row[0]}: {pages} pages, not {row[8]}; {objects} objects, {streams} streams");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void Open_wants_a_password_for_encrypted_files_of_the_collection()
    {
        var folder = SharedData.Require("pdf");
        var encrypted = File.ReadLines(Path.Combine(folder, "MANIFEST.tsv")).Skip(1).Select(l => l.Split('\t')).Where(r => r[7].Length > 0).ToList();

        Assert.NotEmpty(encrypted);
        Assert.All(encrypted, row => Assert.True(Assert.Throws<PdfException>(() => new Opened(File.ReadAllBytes(Path.Combine(folder, "files", row[0])))).NeedsPassword));
    }

    [Fact]
    public void Open_gives_plain_and_encrypted_twins_the_same_contents()
    {
        var folder = SharedData.Require("pdf/files");
        var plain = new Opened(File.ReadAllBytes(Path.Combine(folder, "pdfminer.six__base.pdf"))).ReadEverything();

        foreach (var name in new[] { "rc4-40", "aes-128", "aes-256" })
        {
            Assert.Equal(plain, new Opened(File.ReadAllBytes(Path.Combine(folder, $"pdfminer.six__{name}.pdf")), "foo").ReadEverything());
        }
    }

    [Theory]
    [InlineData("bad-input/pdf")]
    [InlineData("qa-financebench/pdfs")]
    public void Open_reads_every_file_of_a_folder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(SharedData.Require(folder), "*.pdf"))
        {
            Assert.InRange(new Opened(File.ReadAllBytes(file)).ReadEverything().Objects, 3, int.MaxValue);
        }
    }
}
