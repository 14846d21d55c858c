using System.Runtime.CompilerServices;

namespace Rag.Testing;

/// <summary>The public evaluation data beside the checkout, read in place; a test that needs it is skipped where it is absent.</summary>
public static class SharedData
{
    /// <summary>The folder: <c>RAG_SHARED_DATA</c>, else <c>../shared/data</c> beside the checkout; <see langword="null"/> when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>A file or folder of the data; skips the running test when it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Folder is null ? null : Path.Combine(Folder, relativePath);
        Assert.SkipUnless(path is not null && Path.Exists(path), $"Needs the evaluation data '{relativePath}': put it in ../shared/data or set RAG_SHARED_DATA to its folder.");
        return path!;
    }

    /// <summary>The root of the checkout.</summary>
    public static string Checkout([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    private static string? Find()
    {
        var folder = Environment.GetEnvironmentVariable("RAG_SHARED_DATA") ?? Path.Combine(Checkout(), "..", "shared", "data");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}
