using Rag.Llama.Gguf;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Gguf;

/// <summary>Files that are wrong in one place each, as damage or malice would make them.</summary>
public sealed class GgufFileHostileTests
{
    private static readonly Dictionary<string, (Func<GgufBytes> File, string Message)> cases = new()
    {
        ["empty"] = (() => new([]), "the file is empty"),
        ["magic"] = (() => GgufBytes.Llama().Put(0, (byte)'X'), "does not begin with 'GGUF'"),
        ["version 1"] = (() => GgufBytes.Llama().Put(4, 1), "version 1"),
        ["version 4"] = (() => GgufBytes.Llama().Put(4, 4), "version 4"),
        ["big-endian"] = (() => GgufBytes.Llama().Put(4, 3 << 24), "big-endian"),
        ["tensor count"] = (() => GgufBytes.Llama().Put(8, 1UL << 60), "1152921504606846976 tensors"),
        ["negative tensor count"] = (() => GgufBytes.Llama().Put(8, -1L), "18446744073709551615 tensors"),
        ["key count"] = (() => GgufBytes.Llama().Put(16, 1UL << 60), "1152921504606846976 metadata keys"),
        ["one key too many"] = (() => GgufBytes.Llama().Put(16, 30L), "model.gguf: the"),
        ["key length"] = (() => GgufBytes.Llama().Put(24, 1UL << 60), "the file ends within the metadata key 0"),
        ["long key"] = (() => GgufBytes.Llama().Put(24, 100_000L), "65535 are the most"),
        ["empty key"] = (() => GgufBytes.Llama().Put(24, 0L), "is empty"),
        ["text length"] = (() => GgufBytes.Llama().PutAfter("general.name", 4, ulong.MaxValue), "ends within the value of 'general.name'"),
        ["value type"] = (() => GgufBytes.Llama().PutAfter("general.name", 0, 13), "type 13"),
        ["list length"] = (() => GgufBytes.Llama().PutAfter("tokenizer.ggml.scores", 8, 1UL << 62), "4611686018427387904 values"),
        ["token count"] = (() => GgufBytes.Llama().PutAfter("tokenizer.ggml.tokens", 8, 1UL << 60), "1152921504606846976 values"),
        ["list of lists"] = (() => GgufBytes.Llama().PutAfter("tokenizer.ggml.scores", 4, 9), "list of lists"),
        ["duplicate key"] = (() => GgufBytes.Llama().Rename("tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id"), "'tokenizer.ggml.eos_token_id' is there twice"),
        ["duplicate token"] = (() => GgufBytes.Llama().Rename("<0x41>", "<0x42>"), "for the tokens 68 and 69"),
        ["duplicate token up to a zero byte"] = (() => GgufBytes.Llama().Rename("<0x41>", "th\0\0\0\0"), "for the tokens"),
        ["duplicate empty token"] = (() => Tokens("a", "", "[EMPTY_1]"), "for the tokens 1 and 2"),
        ["tensor name"] = (() => GgufBytes.Llama().Rename("output_norm.weight", "output_norm\0weight"), "has a zero byte in its name"),
        ["quantised norm"] = (() => Llama(f => f.Tensor("blk.0.attn_k_norm.weight", TensorType.Q80, p => p.Clear(), 32)), "is of type q8_0, but f32, f16, bf16 are possible"),
        ["epsilon below 0"] = (() => GgufBytes.Llama().PutAfter("llama.attention.layer_norm_rms_epsilon", 4, -1f), "nothing below 0"),
        ["epsilon not a number"] = (() => GgufBytes.Bert().PutAfter("bert.attention.layer_norm_epsilon", 4, float.NaN), "nothing below 0"),
        ["adapter's alpha"] = (() => new(new GgufWriter().Set("general.architecture", "llama").Set("adapter.type", "lora").Set("adapter.lora.alpha", 8).ToBytes()), "is of type UInt32, but Float32 is needed"),
        ["duplicate tensor"] = (() => GgufBytes.Llama().Rename("blk.1.attn_k.weight", "blk.1.attn_v.weight"), "'blk.1.attn_v.weight' is there twice"),
        ["alignment 0"] = (() => Llama(f => f.Set("general.alignment", 0)), "'general.alignment' is 0"),
        ["alignment 33"] = (() => Llama(f => f.Set("general.alignment", 33)), "'general.alignment' is 33"),
        ["alignment text"] = (() => Llama(f => f.Set("general.alignment", "32")), "'general.alignment' is no number"),
        ["other alignment"] = (() => Llama(f => f.Set("general.alignment", 4096)), "begins at byte"),
        ["long tensor name"] = (() => Llama(f => f.Tensor(new string('x', 64), TensorType.F32, p => p.Clear(), 32)), "63 are the most"),
        ["5 dimensions"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 0, 5), "5 dimensions"),
        ["negative dimension"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 4, -1L), "in dimension 0"),
        ["overflow"] = (() => GgufBytes.Llama().PutAfter("token_embd.weight", 4, 1L << 62), "more numbers than can be counted"),
        ["beyond the file"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 4, 1L << 40), "takes 4398046511104 bytes"),
        ["tensor type"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 12, 43), "of type 43"),
        ["dropped tensor type"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 12, 31), "of type 31"),
        ["part of a block"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 12, 12), "not whole blocks of 256"),
        ["offset"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 16, 0L), "begins at byte 0"),
        ["negative offset"] = (() => GgufBytes.Llama().PutAfter("output_norm.weight", 16, -32L), "begins at byte 18446744073709551584"),
        ["no architecture"] = (() => GgufBytes.Llama().Rename("general.architecture", "general.architectura"), "does not say its architecture"),
        ["no tokens"] = (() => GgufBytes.Llama().Rename("tokenizer.ggml.tokens", "tokenizer.ggml.tokenz"), "'tokenizer.ggml.tokens' is not a list of texts"),
        ["few scores"] = (() => Tokenizer(scores: 2), "'tokenizer.ggml.scores' has 2 numbers for 3 tokens"),
        ["few types"] = (() => Tokenizer(types: 1), "'tokenizer.ggml.token_type' has 1 numbers for 3 tokens"),
        ["first token"] = (() => GgufBytes.Llama().PutAfter("tokenizer.ggml.bos_token_id", 4, 364), "is 364, but the vocabulary has 364 tokens"),
        ["separator"] = (() => GgufBytes.Bert().PutAfter("tokenizer.ggml.seperator_token_id", 4, 9_999), "is 9999, but the vocabulary"),
        ["no layers"] = (() => GgufBytes.Llama().PutAfter("llama.block_count", 4, 0), "is 0, but 1 to 512"),
        ["513 layers"] = (() => GgufBytes.Llama().PutAfter("llama.block_count", 4, 513), "is 513, but 1 to 512"),
        ["layers missing"] = (() => GgufBytes.Llama().Rename("llama.block_count", "llama.block_kount"), "is missing"),
        ["no width"] = (() => GgufBytes.Llama().PutAfter("llama.embedding_length", 4, 0), "'llama.embedding_length' is 0"),
        ["no context"] = (() => GgufBytes.Bert().PutAfter("bert.context_length", 4, 0), "'bert.context_length' is 0"),
        ["no heads"] = (() => GgufBytes.Llama().PutAfter("llama.attention.head_count", 4, 0), "head_count' is 0"),
        ["no key-value heads"] = (() => GgufBytes.Llama().PutAfter("llama.attention.head_count_kv", 4, 0), "head_count_kv' is 0"),
        ["heads apart"] = (() => GgufBytes.Llama().PutAfter("llama.attention.head_count_kv", 4, 3), "does not divide the 4 heads"),
        ["uneven heads"] = (() => GgufBytes.Bert().PutAfter("bert.attention.head_count", 4, 5), "does not divide the width 64"),
        ["rotated dimensions"] = (() => GgufBytes.Llama().PutAfter("llama.rope.dimension_count", 4, 18), "is 18, but an even number up to the 16"),
        ["pooling"] = (() => GgufBytes.Bert().PutAfter("bert.pooling_type", 4, 77), "is 77, but 0 to 4"),
        ["rope scaling"] = (() => Llama(f => f.Set("llama.rope.scaling.type", "odd")), "is 'odd', but none, linear, yarn, longrope"),
        ["predicting layers"] = (() => Llama(f => f.Set("llama.nextn_predict_layers", 3)), "is 3, but the model has 2 layers"),
        ["experts"] = (() => Llama(f => f.Set("llama.expert_count", 1_025)), "0 to 1024"),
        ["experts used"] = (() => Llama(f => f.Set("llama.expert_count", 4).Set("llama.expert_used_count", 5)), "is 5, but the model has 4 experts"),
        ["experts used by a layer"] = (() => Llama(f => f.Set("llama.expert_count", 4).Set("llama.expert_used_count", (int[])[2, 5])), "is 5, but the model has 4 experts"),
        ["experts unused"] = (() => Llama(f => f.Set("llama.expert_count", 4)), "is 0, but the model has 4 experts"),
        ["expert groups"] = (() => Llama(f => f.Set("llama.expert_count", 4).Set("llama.expert_used_count", 2).Set("llama.expert_group_count", 3)), "is 3, but the model has 4 experts"),
        ["expert groups used"] = (() => Llama(f => f.Set("llama.expert_count", 4).Set("llama.expert_used_count", 2).Set("llama.expert_group_count", 2)), "is 0, but the model has 2 groups"),
        ["vocabulary and embedding"] = (() => GgufBytes.Llama().PutAfter("token_embd.weight", 4, 364L).PutAfter("token_embd.weight", 12, 64L), "by the metadata it is 64 x 364"),
        ["feed-forward"] = (() => GgufBytes.Llama().PutAfter("llama.feed_forward_length", 4, 256), "'blk.0.ffn_up.weight' is 64 x 128, but by the metadata it is 64 x 256"),
        ["positions"] = (() => GgufBytes.Bert().PutAfter("bert.context_length", 4, 512), "'position_embd.weight' is 64 x 128"),
    };

    public static TheoryData<string> Cases => [.. cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_refuses(string name)
    {
        var (file, message) = cases[name];

        var exception = Assert.Throws<GgufException>(() => file().Read());

        Assert.Equal("model.gguf", exception.Path);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_refuses_every_shorter_file()
    {
        var good = GgufBytes.Bert().Bytes;
        var lengths = Enumerable.Range(0, 6_000).Concat(Enumerable.Range(0, 500).Select(i => good.Length - 32 - (i * 600)));

        foreach (var length in lengths)
        {
            var exception = Assert.Throws<GgufException>(() => new GgufBytes(good[..length]).Read());
            Assert.Contains(": ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_names_the_key_and_the_tensor_that_are_wrong()
    {
        var key = Assert.Throws<GgufException>(() => GgufBytes.Llama().PutAfter("llama.block_count", 4, 0).Read());
        var tensor = Assert.Throws<GgufException>(() => GgufBytes.Llama().PutAfter("output_norm.weight", 0, 5).Read());

        Assert.Equal(("llama.block_count", null), (key.Key, key.Tensor));
        Assert.Equal((null, "output_norm.weight"), (tensor.Key, tensor.Tensor));
    }

    [Fact]
    public void Read_accepts_what_llama_cpp_only_warns_of()
    {
        Assert.NotNull(Llama(f => f.Set("tokenizer.ggml.padding_token_id", 32_000)).Read());
        Assert.NotNull(GgufBytes.Llama().PutAfter("tokenizer.ggml.bos_token_id", 4, uint.MaxValue).Read());
        Assert.NotNull(Llama(f => f.Set("tokenizer.huggingface.json", new string('x', 3_000_000))).Read());
        Assert.NotNull(Llama(f => f.Set("tokenizer.ggml.merges", [.. Enumerable.Range(0, 10_000).Select(i => $"{i} {i}")])).Read());
    }

    private static GgufBytes Llama(Func<GgufWriter, GgufWriter> change) => new(change(TinyModels.Llama(new())).ToBytes());

    private static GgufBytes Tokens(params string[] tokens) => new(new GgufWriter()
        .Set("general.architecture", "llama")
        .Set("tokenizer.ggml.model", "llama")
        .Set("tokenizer.ggml.tokens", tokens)
        .ToBytes());

    private static GgufBytes Tokenizer(int scores = 3, int types = 3) => new(new GgufWriter()
        .Set("general.architecture", "llama")
        .Set("tokenizer.ggml.model", "llama")
        .Set("tokenizer.ggml.tokens", (string[])["a", "b", "c"])
        .Set("tokenizer.ggml.scores", new float[scores])
        .Set("tokenizer.ggml.token_type", new int[types])
        .ToBytes());
}
