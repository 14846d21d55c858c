using Rag.Llama.Binding;
using Rag.Llama.Embeddings;
using Rag.Llama.Engine;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

/// <summary>Qwen3-Reranker as llama.cpp converts it: asked by the file's template, answered by a head of the rows for yes and no, whose outputs llama.cpp gives as probabilities.</summary>
public sealed class HeadedQwenTests
{
    private const string Template = "Q: {query} D: {document} A:";

    private static readonly string Path = TestModels.Write("rerank-qwen3.gguf", Save);

    [Fact]
    public async Task Score_is_the_probability_of_yes()
    {
        using var model = await TestModels.LoadAsync(Path);
        using var reranker = new LlamaReranker(model, Rerankers.Options);
        var outputs = Outputs(model, "cat", "dog");

        var score = (await reranker.ScoreAsync("cat", ["dog"]))[0];

        Assert.Equal(1, outputs.Sum(), 1e-5);
        Assert.NotEqual(0.5, outputs[0], 1e-3);
        Assert.Equal(outputs[0], score, 1e-3);
    }

    [Fact]
    public async Task Label_asked_for_is_scored()
    {
        using var model = await TestModels.LoadAsync(Path);
        using var yes = new LlamaReranker(model, Rerankers.Options);
        using var no = new LlamaReranker(model, Rerankers.Options with { Label = "no" });

        Assert.Equal(1, (await yes.ScoreAsync("cat", ["dog"]))[0] + (await no.ScoreAsync("cat", ["dog"]))[0], 1e-3);
    }

    private static void Save(string path)
    {
        var shape = new LlamaShape { Architecture = "qwen3", Context = 2048 };
        var file = TinyModels.Llama(shape)
            .Set("qwen3.pooling_type", 4u)
            .Set("qwen3.classifier.output_labels", ["yes", "no"])
            .Set("tokenizer.chat_template.rerank", Template);
        for (var i = 0; i < shape.Layers; i++)
        {
            file.Tensor($"blk.{i}.attn_q_norm.weight", TensorType.F32, p => p.Fill(1), shape.Width / shape.Heads)
                .Tensor($"blk.{i}.attn_k_norm.weight", TensorType.F32, p => p.Fill(1), shape.Width / shape.Heads);
        }

        var random = new Random(4);
        file.Tensor("cls.output.weight", TensorType.F32, Fill, shape.Width, 2).Save(path);

        void Fill(Span<float> piece)
        {
            foreach (ref var value in piece)
            {
                value = random.NextSingle() - 0.5f;
            }
        }
    }

    private static unsafe float[] Outputs(LlamaModel model, string query, string text)
    {
        var vocabulary = model.Vocabulary;
        var (tokens, _) = PairFrame.OfTemplate(vocabulary, Template, "").Join(vocabulary.Tokenize(query), vocabulary.Tokenize(text), 128);
        using var context = new LlamaContext(model, ContextParameters.ForEmbedding(model, Vectors.Exact, 128, 1, PoolingType.Rank));
        for (var i = 0; i < tokens.Length; i++)
        {
            context.Add(tokens[i], i, 0, output: true);
        }

        Assert.Equal(StepResult.Done, context.Decode());
        return context.Embedding(0, 2).ToArray();
    }
}
