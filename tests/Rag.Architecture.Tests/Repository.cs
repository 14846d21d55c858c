using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Rag.Architecture.Tests;

/// <summary>The checkout as files.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["artifacts", "bin", "obj", ".git", ".rag", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files below a folder, generated ones left out, as paths relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        var start = Path.Combine(Root, folder);
        return !Directory.Exists(start)
            ? []
            : [.. Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(f => !f.Split('/').Any(Generated.Contains))
                .Order(StringComparer.Ordinal)];
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    public static IReadOnlyList<string> ProjectReferences(string project) => Items(project, "ProjectReference", Path.GetFileNameWithoutExtension);

    public static IReadOnlyList<string> PackageReferences(string project) => Items(project, "PackageReference", name => name);

    private static IReadOnlyList<string> Items(string project, string element, Func<string, string> name) =>
        [.. XDocument.Load(Path.Combine(Root, project)).Descendants(element)
            .Select(r => name(r.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal)];

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
