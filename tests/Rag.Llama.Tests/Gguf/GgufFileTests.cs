using Rag.Llama.Gguf;
using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Gguf;

public sealed class GgufFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rag-gguf-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_gives_a_generation_models_numbers()
    {
        var path = Path.Combine(folder, "model.gguf");
        var shape = new LlamaShape { ExtraVocabulary = 10, ChatTemplate = "{{ messages }}", Type = TensorType.F16 };
        TinyModels.SaveLlama(path, shape);

        var file = GgufFile.Read(path);

        Assert.Equal(("llama", "random model", 256, 64, 2), (file.Architecture, file.Name, file.ContextLength, file.EmbeddingLength, file.LayerCount));
        Assert.Equal((4, 2, 16, 16), (file.HeadCount, file.KeyValueHeadCount, file.KeyLength, file.ValueLength));
        Assert.Equal((shape.Vocabulary, "{{ messages }}", "F16", null, null), (file.VocabularySize, file.ChatTemplate, file.Quantization, file.Pooling, file.AdapterType));
        Assert.Equal((3, new FileInfo(path).Length), (file.Version, file.Bytes));
        Assert.Equal([path], file.Paths);
    }

    [Fact]
    public void LayerBytes_and_what_is_outside_the_layers_are_all_bytes()
    {
        var file = GgufBytes.Llama(new() { Type = TensorType.Q80 }).Read();

        var outside = file.Tensors.Where(t => t.Layer is null).Sum(t => t.Bytes);
        Assert.Equal(2, file.LayerBytes.Count);
        Assert.Equal(file.LayerBytes[0], file.LayerBytes[1]);
        Assert.Equal(file.TensorBytes, outside + file.LayerBytes.Sum());
        Assert.Equal(64 * 128 / 32 * 34, file.Tensors.Single(t => t.Name == "blk.1.ffn_up.weight").Bytes);
    }

    [Theory]
    [InlineData(false, GgufPooling.Mean)]
    [InlineData(true, GgufPooling.Cls)]
    public void Pooling_is_what_an_embedding_model_says(bool cls, GgufPooling pooling)
    {
        var file = new GgufBytes(TinyModels.Embedding(new() { ClsPooling = cls }).ToBytes()).Read();

        Assert.Equal(("bert", pooling, false, "F32"), (file.Architecture, file.Pooling, file.HasClassifier, file.Quantization));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HasClassifier_tells_a_reranker_from_one_without_its_head(bool head)
    {
        var file = new GgufBytes(TinyModels.Reranker(new() { HasHead = head, Labels = ["no", "yes"] }).ToBytes()).Read();

        Assert.Equal((GgufPooling.Rank, head), (file.Pooling, file.HasClassifier));
        Assert.Equal(["no", "yes"], file.Metadata.Texts("bert.classifier.output_labels")!);
    }

    [Fact]
    public void Read_accepts_an_adapter()
    {
        var file = new GgufBytes(TinyModels.Adapter(new(), rank: 4, alpha: 8, seed: 1).ToBytes()).Read();

        Assert.Equal(("lora", "llama", 8.0), (file.AdapterType, file.Architecture, file.Metadata.Number("adapter.lora.alpha")));
        Assert.Equal(8, file.Tensors.Count);
    }

    [Fact]
    public void Read_accepts_every_shape_the_random_models_have()
    {
        foreach (var type in Enum.GetValues<TensorType>())
        {
            foreach (var shape in new[] { new LlamaShape(), new() { KeyValueHeads = 4 }, new() { KeyValueHeads = 1, Layers = 5 }, new() { Architecture = "made-up" }, new() { ControlTokens = ["<|im_end|>"] } })
            {
                Assert.NotEmpty(GgufBytes.Llama(shape with { Type = type }).Read().Tensors);
            }
        }
    }

    [Theory]
    [InlineData("ggml-vocab-bert-bge.gguf", "bert", 30_522)]
    [InlineData("ggml-vocab-llama-spm.gguf", "llama", 32_000)]
    public void Read_accepts_published_vocabularies(string name, string architecture, int tokens)
    {
        var file = GgufFile.Read(Path.Combine(SharedData.Require("vectors-llamacpp-vocab"), name));

        Assert.Equal((architecture, tokens, 0L), (file.Architecture, file.VocabularySize, file.TensorBytes));
    }

    [Fact]
    public void Read_accepts_a_published_model()
    {
        var path = Path.Combine(SharedData.Folder ?? "", "../models/stories260K.gguf");
        Assert.SkipUnless(File.Exists(path), "Needs ../shared/models/stories260K.gguf.");

        var file = GgufFile.Read(path);

        Assert.Equal(("llama", 64, 5, 512), (file.Architecture, file.EmbeddingLength, file.LayerCount, file.VocabularySize));
    }

    [Fact]
    public void Read_of_a_missing_file_says_so() => Assert.Throws<FileNotFoundException>(() => GgufFile.Read(Path.Combine(folder, "none.gguf")));

    [Fact]
    public void Read_begins_at_the_streams_position_and_leaves_it_open()
    {
        var stream = new MemoryStream([1, 2, 3, .. GgufBytes.Bert().Bytes]) { Position = 3 };

        Assert.Equal("bert", GgufFile.Read(stream, "inside").Architecture);
        Assert.True(stream.CanRead);
    }
}
