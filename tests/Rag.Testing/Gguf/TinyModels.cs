using static Rag.Testing.Gguf.RandomWeights;

namespace Rag.Testing.Gguf;

/// <summary>Seeded random models that llama.cpp loads: nothing they say means anything, but always the same.</summary>
public static class TinyModels
{
    private const int RankPooling = 4;

    /// <summary>Writes a generation model.</summary>
    public static void SaveLlama(string path, LlamaShape? shape = null) => Llama(shape ?? new()).Save(path);

    /// <summary>Writes an embedding model with BERT's architecture.</summary>
    public static void SaveEmbedding(string path, BertShape? shape = null) => Embedding(shape ?? new()).Save(path);

    /// <summary>Writes a re-ranker with BERT's architecture.</summary>
    public static void SaveReranker(string path, BertShape? shape = null) => Reranker(shape ?? new()).Save(path);

    /// <summary>Writes a LoRA adapter for a model of that shape.</summary>
    public static void SaveAdapter(string path, LlamaShape? shape = null, int rank = 4, float alpha = 8, int seed = 3) => Adapter(shape ?? new(), rank, alpha, seed).Save(path);

    /// <summary>A generation model, to be changed further or written.</summary>
    public static GgufWriter Llama(LlamaShape shape)
    {
        var random = new RandomWeights(shape.Seed);
        var (width, feedForward, keyValueWidth) = (shape.Width, shape.FeedForward, shape.KeyValueWidth);
        var vocabulary = TinyVocabulary.Llama(shape);
        var file = LlamaMetadata(shape, vocabulary);
        void Weight(string name, int inputs, int outputs) => file.Tensor($"{name}.weight", shape.Type, random.Weight(inputs), inputs, outputs);
        void Norm(string name) => file.Tensor($"{name}.weight", TensorType.F32, Constant(1), width);

        file.Tensor("token_embd.weight", shape.Type, random.Normal(1), width, vocabulary.Tokens.Count);
        Norm("output_norm");
        Weight("output", width, vocabulary.Tokens.Count);
        for (var i = 0; i < shape.Layers; i++)
        {
            Norm($"blk.{i}.attn_norm");
            Weight($"blk.{i}.attn_q", width, width);
            Weight($"blk.{i}.attn_k", width, keyValueWidth);
            Weight($"blk.{i}.attn_v", width, keyValueWidth);
            Weight($"blk.{i}.attn_output", width, width);
            Norm($"blk.{i}.ffn_norm");
            Weight($"blk.{i}.ffn_gate", width, feedForward);
            Weight($"blk.{i}.ffn_up", width, feedForward);
            Weight($"blk.{i}.ffn_down", feedForward, width);
        }

        return file;
    }

    /// <summary>An embedding model, to be changed further or written.</summary>
    public static GgufWriter Embedding(BertShape shape)
    {
        var file = BertMetadata(shape, pooling: shape.ClsPooling ? 2u : 1u);
        BertTensors(file, shape, new(shape.Seed));
        return file;
    }

    /// <summary>A re-ranker, to be changed further or written.</summary>
    public static GgufWriter Reranker(BertShape shape)
    {
        var file = BertMetadata(shape, RankPooling);
        if (shape.Labels.Count > 0)
        {
            file.Set("bert.classifier.output_labels", shape.Labels);
        }

        var random = new RandomWeights(shape.Seed);
        BertTensors(file, shape, random);
        if (shape.HasHead)
        {
            var (width, scores) = (shape.Width, Math.Max(1, shape.Labels.Count));
            file.Tensor("cls.weight", shape.Type, random.Weight(width), width, width)
                .Tensor("cls.bias", TensorType.F32, Constant(0.01f), width)
                .Tensor("cls.output.weight", shape.Type, random.Weight(width), width, scores)
                .Tensor("cls.output.bias", TensorType.F32, Constant(0.05f), scores);
        }

        return file;
    }

    /// <summary>A LoRA adapter for the queries and values of every layer, to be changed further or written.</summary>
    public static GgufWriter Adapter(LlamaShape shape, int rank, float alpha, int seed)
    {
        var random = new RandomWeights(seed);
        var file = new GgufWriter()
            .Set("general.type", "adapter")
            .Set("general.architecture", shape.Architecture)
            .Set("general.name", "random adapter")
            .Set("adapter.type", "lora")
            .Set("adapter.lora.alpha", alpha);
        for (var i = 0; i < shape.Layers; i++)
        {
            foreach (var (name, outputs) in new[] { ("attn_q", shape.Width), ("attn_v", shape.KeyValueWidth) })
            {
                file.Tensor($"blk.{i}.{name}.weight.lora_a", TensorType.F32, random.Weight(shape.Width), shape.Width, rank)
                    .Tensor($"blk.{i}.{name}.weight.lora_b", TensorType.F32, random.Weight(rank), rank, outputs);
            }
        }

        return file;
    }

    private static GgufWriter LlamaMetadata(LlamaShape shape, TinyVocabulary vocabulary)
    {
        var architecture = shape.Architecture;
        var file = new GgufWriter()
            .Set("general.architecture", architecture)
            .Set("general.name", "random model")
            .Set($"{architecture}.context_length", (uint)shape.Context)
            .Set($"{architecture}.embedding_length", (uint)shape.Width)
            .Set($"{architecture}.block_count", (uint)shape.Layers)
            .Set($"{architecture}.feed_forward_length", (uint)shape.FeedForward)
            .Set($"{architecture}.attention.head_count", (uint)shape.Heads)
            .Set($"{architecture}.attention.head_count_kv", (uint)shape.KeyValueHeads)
            .Set($"{architecture}.attention.layer_norm_rms_epsilon", 1e-5f)
            .Set($"{architecture}.rope.dimension_count", (uint)(shape.Width / shape.Heads))
            .Set("tokenizer.ggml.model", "llama")
            .Set("tokenizer.ggml.tokens", vocabulary.Tokens)
            .Set("tokenizer.ggml.scores", vocabulary.Scores)
            .Set("tokenizer.ggml.token_type", vocabulary.Types)
            .Set("tokenizer.ggml.unknown_token_id", 0)
            .Set("tokenizer.ggml.bos_token_id", 1)
            .Set("tokenizer.ggml.eos_token_id", 2);
        return shape.ChatTemplate is null ? file : file.Set("tokenizer.chat_template", shape.ChatTemplate);
    }

    private static GgufWriter BertMetadata(BertShape shape, uint pooling)
    {
        var vocabulary = TinyVocabulary.Bert();
        return new GgufWriter()
            .Set("general.architecture", "bert")
            .Set("general.name", "random model")
            .Set("bert.context_length", (uint)shape.Context)
            .Set("bert.embedding_length", (uint)shape.Width)
            .Set("bert.block_count", (uint)shape.Layers)
            .Set("bert.feed_forward_length", (uint)shape.FeedForward)
            .Set("bert.attention.head_count", (uint)shape.Heads)
            .Set("bert.attention.layer_norm_epsilon", 1e-12f)
            .Set("bert.attention.causal", false)
            .Set("bert.pooling_type", pooling)
            .Set("tokenizer.ggml.model", "bert")
            .Set("tokenizer.ggml.tokens", vocabulary.Tokens)
            .Set("tokenizer.ggml.token_type", vocabulary.Types)
            .Set("tokenizer.ggml.token_type_count", 2)
            .Set("tokenizer.ggml.padding_token_id", 0)
            .Set("tokenizer.ggml.unknown_token_id", 1)
            .Set("tokenizer.ggml.bos_token_id", 2)
            .Set("tokenizer.ggml.seperator_token_id", 3) // llama.cpp spells it so
            .Set("tokenizer.ggml.mask_token_id", 4);
    }

    private static void BertTensors(GgufWriter file, BertShape shape, RandomWeights random)
    {
        var (width, feedForward) = (shape.Width, shape.FeedForward);
        void Embedding(string name, TensorType type, float deviation, int count) => file.Tensor($"{name}.weight", type, random.Normal(deviation), width, count);
        void Norm(string name) => file.Tensor($"{name}.weight", TensorType.F32, Constant(1), width).Tensor($"{name}.bias", TensorType.F32, Constant(0), width);
        void Weight(string name, int inputs, int outputs) => file
            .Tensor($"{name}.weight", shape.Type, random.Weight(inputs), inputs, outputs)
            .Tensor($"{name}.bias", TensorType.F32, Constant(0.01f), outputs);

        Embedding("token_embd", shape.Type, 1, TinyVocabulary.Bert().Tokens.Count);
        Embedding("token_types", TensorType.F32, 0.1f, 2);
        Embedding("position_embd", TensorType.F32, 0.1f, shape.Context);
        Norm("token_embd_norm");
        for (var i = 0; i < shape.Layers; i++)
        {
            Weight($"blk.{i}.attn_q", width, width);
            Weight($"blk.{i}.attn_k", width, width);
            Weight($"blk.{i}.attn_v", width, width);
            Weight($"blk.{i}.attn_output", width, width);
            Norm($"blk.{i}.attn_output_norm");
            Weight($"blk.{i}.ffn_up", width, feedForward);
            Weight($"blk.{i}.ffn_down", feedForward, width);
            Norm($"blk.{i}.layer_output_norm");
        }
    }
}
