namespace Rag.Quality;

/// <summary>The 150 Markdown files of the demo collections, and a scratch folder for stores.</summary>
internal static class DemoDocuments
{
    public static string[] Folders(string data) => [Path.Combine(data, "demo-efcore-docs"), Path.Combine(data, "demo-csharpstandard")];

    public static IReadOnlyList<string> Files(string data) =>
        [.. Folders(data).SelectMany(f => Directory.EnumerateFiles(f, "*.md", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    public static string FreshFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"rag-quality-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }
}
