#:project Rag.PdfPig/Rag.PdfPig.csproj
#:property PublishAot=false
#:property RagKind=program

// Writes the text of every PDF of a folder as our own reader and PdfPig's find it, and says how long each took: the input of the table in docs/results/pdf.md.
// dotnet run adapters/PdfTexts.cs -- FOLDER OUT
using System.Diagnostics;
using Rag.Ingest.Reading;
using Rag.PdfPig;

foreach (var (name, reader) in new (string, IDocumentReader)[] { ("ours", new PdfReader()), ("pdfpig", new PdfPigReader()) })
{
    var (clock, pages) = (new Stopwatch(), 0);
    Directory.CreateDirectory(Path.Combine(args[1], name));
    foreach (var file in Directory.GetFiles(args[0], "*.pdf").Order(StringComparer.Ordinal))
    {
        var bytes = await File.ReadAllBytesAsync(file);
        clock.Start();
        try
        {
            var document = await reader.ReadAsync(new MemoryStream(bytes), file);
            clock.Stop();
            pages += document.Pages?.Count ?? 0;
            await File.WriteAllTextAsync(Path.Combine(args[1], name, Path.GetFileName(file) + ".txt"), document.Text);
        }
        catch (DocumentFormatException e)
        {
            clock.Stop();
            Console.WriteLine($"{name}: {e.Message}");
        }
    }

    Console.WriteLine($"{name}: {pages} pages in {clock.Elapsed.TotalSeconds:F1} s");
}
