using System.Text;
using Rag.Testing.Gguf;

namespace Rag.NativeBench.Models;

/// <summary>Writes a llama model of a shape with random weights, as a stream. It never ends a text: the weights of its end token are zero.</summary>
/// <param name="shape">Its sizes; type and control tokens are ignored.</param>
/// <param name="type">How matrices are stored; <see cref="WeightType.Q4K"/> mixes in <see cref="WeightType.Q6K"/> where llama.cpp's Q4_K_M does.</param>
/// <param name="tied">Whether the output layer is the embedding.</param>
internal sealed class ShapedModel(LlamaShape shape, WeightType type, bool tied)
{
    private const int Alignment = 32;
    private const int Pieces = 1 << 22; // numbers made at a time
    private const int FirstWord = 3 + 256; // after <unk>, <s>, </s> and the bytes

    private readonly List<(string Name, WeightType Type, long[] Shape)> _tensors = [];

    public void Save(string path)
    {
        List();
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var file = new BinaryWriter(stream, Encoding.UTF8);
        var metadata = new GgufHeader(file);
        metadata.Begin(_tensors.Count, count: 16);
        WriteMetadata(metadata);
        var offset = 0L;
        foreach (var (name, tensorType, lengths) in _tensors)
        {
            metadata.Tensor(name, lengths, (uint)tensorType, offset);
            offset += Padded(tensorType.Bytes(Count(lengths)));
        }

        Pad(file);
        var random = new RandomBlocks(shape.Seed);
        foreach (var tensor in _tensors)
        {
            Write(file, random, tensor);
            Pad(file);
        }
    }

    private static long Count(long[] lengths) => lengths.Aggregate(1L, (product, length) => product * length);

    private static long Padded(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static void Pad(BinaryWriter file)
    {
        file.Flush();
        file.Write(new byte[(int)(Padded(file.BaseStream.Position) - file.BaseStream.Position)]);
    }

    private static void Write(BinaryWriter file, RandomBlocks random, (string Name, WeightType Type, long[] Shape) tensor)
    {
        var bytes = new byte[tensor.Type.Bytes(Math.Min(Count(tensor.Shape), Pieces))];
        var left = tensor.Type.Bytes(Count(tensor.Shape));
        var isFirst = true;
        while (left > 0)
        {
            var piece = bytes.AsSpan(0, (int)Math.Min(left, bytes.Length));
            random.Fill(tensor.Type, (int)tensor.Shape[0], piece);
            if (isFirst && tensor.Name is "output.weight" or "token_embd.weight")
            {
                piece[..(int)tensor.Type.Bytes(3 * tensor.Shape[0])].Clear();
                isFirst = false;
            }

            file.Write(piece);
            left -= piece.Length;
        }
    }

    // As llama.cpp's use_more_bits: the first and last eighth of the layers, and every third between.
    private bool HasMoreBits(int layer) =>
        type == WeightType.Q4K && (layer < shape.Layers / 8 || layer >= 7 * shape.Layers / 8 || (layer - (shape.Layers / 8)) % 3 == 2);

    private void List()
    {
        var (width, keyValue, feedForward) = (shape.Width, shape.KeyValueWidth, shape.FeedForward);
        var best = type == WeightType.Q4K ? WeightType.Q6K : type;
        void Add(string name, WeightType of, params long[] lengths) => _tensors.Add(($"{name}.weight", of, lengths));

        Add("token_embd", tied ? best : type, width, shape.Vocabulary);
        Add("output_norm", WeightType.F32, width);
        if (!tied)
        {
            Add("output", best, width, shape.Vocabulary);
        }

        for (var i = 0; i < shape.Layers; i++)
        {
            var more = HasMoreBits(i) ? WeightType.Q6K : type;
            Add($"blk.{i}.attn_norm", WeightType.F32, width);
            Add($"blk.{i}.attn_q", type, width, width);
            Add($"blk.{i}.attn_k", type, width, keyValue);
            Add($"blk.{i}.attn_v", more, width, keyValue);
            Add($"blk.{i}.attn_output", type, width, width);
            Add($"blk.{i}.ffn_norm", WeightType.F32, width);
            Add($"blk.{i}.ffn_gate", type, width, feedForward);
            Add($"blk.{i}.ffn_up", type, width, feedForward);
            Add($"blk.{i}.ffn_down", more, feedForward, width);
        }
    }

    private void WriteMetadata(GgufHeader file)
    {
        file.Text("general.architecture", "llama");
        file.Text("general.name", "random model");
        file.Number("llama.context_length", (uint)shape.Context);
        file.Number("llama.embedding_length", (uint)shape.Width);
        file.Number("llama.block_count", (uint)shape.Layers);
        file.Number("llama.feed_forward_length", (uint)shape.FeedForward);
        file.Number("llama.attention.head_count", (uint)shape.Heads);
        file.Number("llama.attention.head_count_kv", (uint)shape.KeyValueHeads);
        file.Number("llama.rope.dimension_count", (uint)(shape.Width / shape.Heads));
        file.Fraction("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        file.Text("tokenizer.ggml.model", "llama");
        file.Number("tokenizer.ggml.bos_token_id", 1);
        file.Number("tokenizer.ggml.eos_token_id", 2);
        file.Texts("tokenizer.ggml.tokens", [.. Enumerable.Range(0, shape.Vocabulary).Select(Token)]);
        file.Fractions("tokenizer.ggml.scores", [.. Enumerable.Range(0, shape.Vocabulary).Select(t => -(float)t)]);
        file.Numbers("tokenizer.ggml.token_type", [.. Enumerable.Range(0, shape.Vocabulary).Select(t => t switch { 0 => 2, < 3 => 3, < FirstWord => 6, _ => 1 })]);
    }

    private static string Token(int token) => token switch
    {
        0 => "<unk>",
        1 => "<s>",
        2 => "</s>",
        < FirstWord => $"<0x{token - 3:X2}>",
        _ => $"<x{token - FirstWord}>",
    };
}
