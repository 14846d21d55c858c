using System.Runtime.InteropServices;

namespace Rag.Llama.Tests;

public sealed partial class LlamaLibraryTests
{
    [Theory]
    [InlineData("0.5.0")]
    [InlineData("0.5.0-dev")]
    public void Release_of_the_binding_is_taken(string version) => LlamaLibrary.ThrowIfOtherRelease(version, "folder");

    [Theory]
    [InlineData("0.4.0-dev")]
    [InlineData("0.5.01")]
    [InlineData("0.50.0")]
    [InlineData("")]
    public void Other_release_is_refused_with_both(string version)
    {
        var refusal = Assert.Throws<LlamaLibraryException>(() => LlamaLibrary.ThrowIfOtherRelease(version, "/some/folder"));

        Assert.Contains("/some/folder", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"release {version},", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("llama.cpp v0.5.0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loaded_library_says_release_folder_and_devices()
    {
        TestModels.RequireLibrary();

        var library = LlamaLibrary.Load();

        Assert.StartsWith("0.5.0", library.Version, StringComparison.Ordinal);
        Assert.True(Directory.Exists(library.Folder));
        Assert.Contains(library.Devices, d => d is { Name: "CPU", IsGpu: false, TotalBytes: > 0 });
    }

    [Fact]
    public void Loaded_library_replays_no_cuda_graphs()
    {
        TestModels.RequireLibrary();
        Assert.SkipWhen(Environment.GetEnvironmentVariable("RAG_LLAMA_CUDA_GRAPHS") == "1", "RAG_LLAMA_CUDA_GRAPHS asks for them.");

        LlamaLibrary.Load();

        // what C's getenv sees: the CUDA backend asks for it there, and .NET has its own copy
        Assert.Equal("1", Marshal.PtrToStringUTF8(OperatingSystem.IsWindows() ? WindowsVariable("GGML_CUDA_DISABLE_GRAPHS") : Variable("GGML_CUDA_DISABLE_GRAPHS")));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Variable(string name);

    [LibraryImport("ucrtbase", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint WindowsVariable(string name);
}
