using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Rag.Llama.Binding;

/// <summary>Finds the folder that holds llama.cpp's shared libraries.</summary>
internal static partial class LibraryFolder
{
    /// <summary>The variable that names a folder of the user's own.</summary>
    public const string Variable = "RAG_LLAMA_LIBRARY";

    // A build for a GPU runs on a machine without one as well, so where it was fetched it is taken.
    private static readonly string[] Backends = ["cuda", "vulkan", "metal", "cpu"];

    /// <summary>The first place that holds the three libraries: the one asked for, else the variable's, else beside the program.</summary>
    /// <exception cref="LlamaLibraryException">There is none; the message lists where it was looked for.</exception>
    public static string Find(string? asked)
    {
        var named = asked ?? Environment.GetEnvironmentVariable(Variable);
        if (named is { Length: > 0 } folder)
        {
            return Holds(folder)
                ? Path.GetFullPath(folder)
                : throw new LlamaLibraryException($"The folder '{folder}' does not hold llama.cpp's libraries ({string.Join(", ", Stems.Select(FileName))}). Name a folder with a build of llama.cpp v{LlamaLibrary.Release}{(asked is null ? $", or unset {Variable}" : "")}.");
        }

        var places = Places().ToList();
        return places.FirstOrDefault(Holds) ?? throw new LlamaLibraryException(
            $"llama.cpp's libraries are not here, so no model can be run. Install npm and build again, which fetches them, or set {Variable} to a folder with a build of llama.cpp v{LlamaLibrary.Release}. Looked in: {string.Join(", ", places)}.");
    }

    /// <summary>The libraries in the order in which they are loaded, so that each finds what it depends on.</summary>
    public static IReadOnlyList<string> Stems { get; } = ["ggml-base", "ggml", "llama"];

    /// <summary>The file of a library in a folder, whatever the backend and release in its name; <see langword="null"/> where there is none.</summary>
    public static string? FileOf(string folder, string stem) => !Directory.Exists(folder)
        ? null
        : Directory.EnumerateFiles(folder).Where(f => Name().Match(Path.GetFileName(f)) is { Success: true } m && m.Groups["stem"].Value == stem).Order(StringComparer.Ordinal).FirstOrDefault();

    private static bool Holds(string folder) => Stems.All(stem => FileOf(folder, stem) is not null);

    private static IEnumerable<string> Places()
    {
        var home = AppContext.BaseDirectory;
        return [.. Backends.Select(b => Path.Combine(home, "llama", b)), Path.Combine(home, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"), home];
    }

    private static string FileName(string stem) => OperatingSystem.IsWindows() ? $"{stem}.dll" : OperatingSystem.IsMacOS() ? $"lib{stem}.dylib" : $"lib{stem}.so";

    // libllama.v0.5.0.so, libllama.cuda.v0.5.0.so, libllama.so, libllama.so.0, llama.v0.5.0.dll, libllama.metal.v0.5.0.dylib
    [GeneratedRegex(@"^(lib)?(?<stem>ggml-base|ggml|llama)(\.(cuda|vulkan|metal))?(\.v?[0-9][0-9A-Za-z.-]*)?\.(so|dylib|dll)(\.[0-9.]+)?$")]
    private static partial Regex Name();
}
