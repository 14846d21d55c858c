namespace Rag.Llama.Gguf;

/// <summary>Checks the types of tensors that are added or multiplied number by number, and, for architectures where every shape is certain, the shapes against the numbers that say how the model is built.</summary>
internal sealed class TensorCheck(GgufFile file)
{
    // src/llama-model.cpp and src/models of llama.cpp v0.5.0: these create exactly such tensors
    private static readonly HashSet<string> Dense = ["llama", "qwen2", "qwen3", "bert"];

    // the CPU's binary operations (ggml-cpu/binary-ops.cpp) end the process at any other; quantising leaves such tensors as they are
    private static readonly HashSet<string> Elementwise = ["f32", "f16", "bf16"];

    private readonly Dictionary<string, GgufTensor> _tensors = [];

    public void Run()
    {
        foreach (var tensor in file.Tensors)
        {
            if ((tensor.Name.EndsWith("norm.weight", StringComparison.Ordinal) || tensor.Name.EndsWith(".bias", StringComparison.Ordinal)) && !Elementwise.Contains(tensor.Type.Name))
            {
                throw Wrong(tensor, $"is of type {tensor.Type.Name}, but {string.Join(", ", Elementwise)} are possible for norms and biases");
            }
        }

        CheckShapes();
    }

    private void CheckShapes()
    {
        if (!Dense.Contains(file.Architecture) || file.Metadata.WholeNumber($"{file.Architecture}.expert_count") is > 0)
        {
            return;
        }

        foreach (var tensor in file.Tensors)
        {
            _tensors.TryAdd(tensor.Name, tensor);
        }

        long width = file.EmbeddingLength ?? 0;
        if (file.VocabularySize is { } vocabulary && file.Metadata.Contains(GgufMetadataReader.TokensKey))
        {
            Expect("token_embd.weight", width, vocabulary);
        }

        if (file.Architecture == "bert")
        {
            Expect("position_embd.weight", width, file.ContextLength ?? 0);
        }

        if (file.Metadata.WholeNumber($"{file.Architecture}.attention.head_count") is { } heads
            && file.Metadata.WholeNumber($"{file.Architecture}.feed_forward_length") is { } feedForward
            && file.Metadata.Count($"{file.Architecture}.attention.head_count_kv") is null)
        {
            CheckLayers(width, heads, feedForward);
        }
    }

    private void CheckLayers(long width, long heads, long feedForward)
    {
        var (key, value) = (file.KeyLength ?? 0L, file.ValueLength ?? 0L);
        if (key != value || (key * heads != width && file.Architecture is not ("llama" or "qwen3")))
        {
            return; // heads of another width than the model's: not every architecture allows for that in the same way
        }

        var keyValueHeads = file.KeyValueHeadCount ?? 0L;
        for (var i = 0; i < file.LayerCount; i++)
        {
            Expect($"blk.{i}.attn_q.weight", width, heads * key);
            Expect($"blk.{i}.attn_k.weight", width, keyValueHeads * key);
            Expect($"blk.{i}.attn_v.weight", width, keyValueHeads * key);
            Expect($"blk.{i}.attn_output.weight", heads * key, width);
            Expect($"blk.{i}.ffn_up.weight", width, feedForward);
            Expect($"blk.{i}.ffn_gate.weight", width, feedForward);
            Expect($"blk.{i}.ffn_down.weight", feedForward, width);
        }
    }

    private void Expect(string name, long inputs, long outputs)
    {
        if (_tensors.TryGetValue(name, out var tensor) && !tensor.Shape.Concat([1L, 1, 1, 1]).Take(4).SequenceEqual([inputs, outputs, 1, 1]))
        {
            throw Wrong(tensor, $"is {string.Join(" x ", tensor.Shape)}, but by the metadata it is {inputs} x {outputs}");
        }
    }

    private GgufException Wrong(GgufTensor tensor, string what) =>
        new(file.Path, $"the tensor '{tensor.Name}' {what}: ask the publisher for a correct file.") { Tensor = tensor.Name };
}
