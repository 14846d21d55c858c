using Rag.Llama.Binding;
using Rag.Llama.Gguf;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests;

public sealed class LlamaModelTests
{
    [Fact]
    public async Task Model_says_what_it_is()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);

        Assert.Equal(("tiny", 2, 64, 2048), (model.Name, model.LayerCount, model.EmbeddingLength, model.TrainedContext));
        Assert.Equal(model.File.VocabularySize, model.Vocabulary.Count);
        Assert.StartsWith("llama", model.Description, StringComparison.Ordinal);
        Assert.InRange(model.SizeBytes, 100_000, 10_000_000);
        Assert.True(model.Generates);
    }

    [Fact]
    public async Task File_that_is_not_there_is_named()
    {
        TestModels.RequireLibrary();

        var refusal = await Assert.ThrowsAsync<LlamaModelException>(() => LlamaModel.LoadAsync("/no/such/model.gguf"));

        Assert.Equal("/no/such/model.gguf", refusal.Path);
        Assert.Contains("/no/such/model.gguf", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_file_is_refused_and_the_process_lives()
    {
        TestModels.RequireLibrary();
        var whole = File.ReadAllBytes(TestModels.Tiny);
        byte[][] damaged = [[], "not a model at all, just some text that is long enough"u8.ToArray(), whole[..100], whole[..(whole.Length / 2)], whole[..^1]];

        foreach (var bytes in damaged)
        {
            var path = TestModels.Write($"damaged{bytes.Length}.gguf", p => File.WriteAllBytes(p, bytes));
            await Assert.ThrowsAsync<GgufException>(() => LlamaModel.LoadAsync(path));
        }
    }

    [Fact]
    public async Task Architecture_that_llama_cpp_does_not_know_is_refused_with_its_reason()
    {
        TestModels.RequireLibrary();
        var path = TestModels.Write("unknown.gguf", p => TinyModels.SaveLlama(p, new() { Architecture = "nosucharch" }));

        var refusal = await Assert.ThrowsAsync<LlamaModelException>(() => LlamaModel.LoadAsync(path));

        Assert.Contains("nosucharch", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_reports_progress_and_can_be_cancelled_by_it()
    {
        TestModels.RequireLibrary();
        using var cancellation = new CancellationTokenSource();
        var shares = new List<float>();
        var progress = new Told(share =>
        {
            shares.Add(share);
            cancellation.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LlamaModel.LoadAsync(TestModels.Tiny, new() { GpuLayers = 0 }, progress, cancellation.Token));

        Assert.NotEmpty(shares);
    }

    [Fact]
    public async Task Fault_of_the_progress_reader_reaches_the_caller()
    {
        TestModels.RequireLibrary();

        await Assert.ThrowsAsync<InvalidDataException>(() => LlamaModel.LoadAsync(TestModels.Tiny, new() { GpuLayers = 0 }, new Told(_ => throw new InvalidDataException("mine"))));
    }

    [Fact]
    public async Task Path_may_hold_any_letters()
    {
        var path = TestModels.Write("модель 模型 é.gguf", p => File.Copy(TestModels.Tiny, p, overwrite: true));

        using var model = await TestModels.LoadAsync(path);

        Assert.Equal("модель 模型 é", model.Name);
    }

    [Fact]
    public async Task Gpu_layers_without_a_gpu_are_refused_loudly()
    {
        TestModels.RequireLibrary();
        Assert.SkipWhen(LlamaLibrary.Load().Devices.Any(d => d.IsGpu), "This machine has a GPU.");

        var refusal = await Assert.ThrowsAsync<LlamaLibraryException>(() => LlamaModel.LoadAsync(TestModels.Tiny, new() { GpuLayers = 5 }));

        Assert.Contains("5 layers", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("CPU", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adapter_or_embedding_model_is_refused_where_a_chat_model_is_needed()
    {
        TestModels.RequireLibrary();
        var adapter = TestModels.Write("adapter-as-model.gguf", p => TinyModels.SaveAdapter(p));
        var embedding = TestModels.Write("embedding-as-chat.gguf", p => TinyModels.SaveEmbedding(p));

        var refused = await Assert.ThrowsAsync<LlamaModelException>(() => LlamaModel.LoadAsync(adapter));
        using var model = await TestModels.LoadAsync(embedding);

        Assert.Contains("lora adapter", refused.Message, StringComparison.Ordinal);
        Assert.Throws<LlamaModelException>(() => new LlamaEngine(model));
    }

    [Fact]
    public void Second_folder_in_one_process_is_refused()
    {
        TestModels.RequireLibrary();

        var refusal = Assert.Throws<LlamaLibraryException>(() => LlamaLibrary.Load(Path.GetTempPath()));

        Assert.Contains(LlamaLibrary.Load().Folder, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_are_placed_as_far_as_memory_reaches()
    {
        var file = GgufFile.Read(TestModels.Write("placed.gguf", p => TinyModels.SaveLlama(p, new() { Layers = 8, Width = 256, FeedForward = 512, Context = 512 })));
        long Free(double layers) => (long)(((800L << 20) + (layers * (file.LayerBytes[0] + (512L * 2 * 2 * 64 * 2)))) / 0.95);

        Assert.Equal(0, GpuPlacement.Fit(file, 512, []));
        Assert.Equal(0, GpuPlacement.Fit(file, 512, [1 << 20]));
        Assert.Equal(3, GpuPlacement.Fit(file, 512, [Free(3.5)]));
        Assert.Equal(9, GpuPlacement.Fit(file, 512, [8L << 30]));
        Assert.Equal(9, GpuPlacement.Fit(file, 512, [0]));
    }

    private sealed class Told(Action<float> tell) : IProgress<float>
    {
        public void Report(float value) => tell(value);
    }
}
