using System.Runtime.CompilerServices;

namespace Rag.Testing;

/// <summary>Folders of files that tests read: beside their source, or, for a suite that was published and copied to another machine, beside the program.</summary>
public static class SourceFolder
{
    /// <summary>The folder <paramref name="name"/> beside the caller's source, if that source is here; else the one beside the program.</summary>
    public static string Of(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) is { } source && Directory.Exists(source) ? source : AppContext.BaseDirectory, name);
}
