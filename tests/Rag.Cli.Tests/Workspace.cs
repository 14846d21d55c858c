using System.IO.Compression;

namespace Rag.Cli.Tests;

/// <summary>A folder with a few documents, deleted with the test.</summary>
public sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Directory.CreateDirectory(Docs);
        Write("handbook.md", """
            # Ledger handbook

            ## Conflicts

            The ledger handles conflicts with a version column. When two clerks save the same row, the second save fails.

            ## Retention

            Invoices are kept for seven years. After that the archive deletes them every January.

            | field | type |
            | --- | --- |
            | amount | decimal |
            """);
        Write("notes.txt", "The archive was founded by Ada Crane in 1987.\n\nIt moved to Lisbon in 2003.\n");
        Write("page.html", "<html><head><title>Printing</title></head><body><article><h1>Printing</h1><p>The printer stands on the third floor and prints 40 pages a minute.</p></article></body></html>");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("rag-cli-").FullName;

    public string Docs => Path.Combine(Root, "docs");

    public string Store => Path.Combine(Root, "store.db");

    /// <summary>Writes a document and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Docs, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a file that looks like a Word document and holds no XML.</summary>
    public string WriteBroken()
    {
        var path = Path.Combine(Docs, "broken.docx");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var part in (string[])["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
        {
            using var entry = zip.CreateEntry(part).Open();
            entry.Write("<not xml"u8);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
