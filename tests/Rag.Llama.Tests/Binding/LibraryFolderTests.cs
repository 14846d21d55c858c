using Rag.Llama.Binding;

namespace Rag.Llama.Tests.Binding;

public sealed class LibraryFolderTests
{
    [Theory]
    [InlineData("libllama.v0.5.0.so", "llama")]
    [InlineData("libllama.cuda.v0.5.0.so", "llama")]
    [InlineData("libllama.so", "llama")]
    [InlineData("libllama.so.0", "llama")]
    [InlineData("llama.v0.5.0.dll", "llama")]
    [InlineData("libllama.metal.v0.5.0.dylib", "llama")]
    [InlineData("libggml-base.so", "ggml-base")]
    [InlineData("libggml.vulkan.v0.5.0.so", "ggml")]
    public void Library_is_found_whatever_backend_and_release_are_in_its_name(string file, string stem)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, file), "");

        Assert.Equal(Path.Combine(folder, file), LibraryFolder.FileOf(folder, stem));
    }

    [Theory]
    [InlineData("libggml-cpu-haswell.so")]
    [InlineData("libllama-common.so")]
    [InlineData("llama-addon.node")]
    public void Other_files_are_not_taken_for_a_library(string file)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, file), "");

        Assert.All(LibraryFolder.Stems, stem => Assert.Null(LibraryFolder.FileOf(folder, stem)));
    }

    [Fact]
    public void Folder_without_libraries_is_refused_with_what_it_lacks_and_what_to_do()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;

        var refusal = Assert.Throws<LlamaLibraryException>(() => LibraryFolder.Find(folder));

        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("llama.cpp v0.5.0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gpu_module_that_cannot_be_loaded_is_named_with_the_reason()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "libggml-cuda.so"), "no library");
        File.WriteAllText(Path.Combine(folder, "libggml-cpu-x64.so"), "not looked at");

        Assert.StartsWith("libggml-cuda.so cannot be loaded: ", BackendModules.Problems(folder), StringComparison.Ordinal);
        Assert.DoesNotContain("cpu", BackendModules.Problems(folder), StringComparison.Ordinal);
    }
}
