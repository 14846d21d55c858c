using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rag.Testing;

/// <summary>Expected outputs kept as files in the <c>Golden</c> folder beside the test; <c>RAG_UPDATE_GOLDEN=1</c> writes them anew, for the diff to be reviewed.</summary>
public static class Golden
{
    /// <summary>Fails the test unless <paramref name="actual"/> is what the file holds.</summary>
    public static void Check(string file, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(SourceFolder.Of("Golden", here), file);
        if (Environment.GetEnvironmentVariable("RAG_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no {path}: run the test once with RAG_UPDATE_GOLDEN=1 and review the file.");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>A parsed document as a person can review it: title, then kind, level, page and text of each block.</summary>
    public static string Describe(Document document)
    {
        var text = new StringBuilder($"title: {document.Title}\nmedia type: {document.MediaType}\nlanguage: {document.Language ?? "-"}\n");
        foreach (var block in document.Blocks)
        {
            var page = block.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $", page {number}") : "";
            text.Append(CultureInfo.InvariantCulture, $"\n[{block.Kind}{(block.Level > 0 ? $" {block.Level}" : "")}{page}]\n{block.Span.Of(document.Text)}\n");
        }

        return text.ToString();
    }
}
