using Rag.Testing;

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
            try
            {
                var opened = new Opened(File.ReadAllBytes(Path.Combine(folder, "files", row[0])), row[7]);
                opened.ReadEverything();
                var pages = opened.File.Catalog.Dictionary("Pages")!.Integer("Count");
                if (pages != int.Parse(row[8], System.Globalization.CultureInfo.InvariantCulture))
                {
                    failures.Add($"{row[0]}: {pages} pages, not {row[8]}");
                }
            }
            catch (PdfException e)
            {
                failures.Add($"{row[0]}: {e.Message}");
            }
        }

        Assert.Empty(failures);
    }
}
