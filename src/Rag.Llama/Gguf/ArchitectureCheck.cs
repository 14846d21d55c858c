namespace Rag.Llama.Gguf;

/// <summary>Checks the numbers that say how a model is built: those at which llama.cpp ends the process, and for well-known architectures those it divides by.</summary>
internal sealed class ArchitectureCheck(GgufPart file, string architecture)
{
    private const int MaxLayers = 512; // LLAMA_MAX_LAYERS of llama.cpp v0.5.0
    private const int MaxExperts = 1_024; // LLAMA_MAX_EXPERTS
    private const int LastPooling = (int)GgufPooling.Rank;

    // Architectures of attention layers only, each with the same count of heads. Others, state-space models among them, have no heads in some layers or none at all.
    private static readonly HashSet<string> AttentionOnly = ["llama", "qwen2", "qwen3", "gemma", "gemma2", "gemma3", "phi3", "bert", "nomic-bert", "jina-bert-v2"];

    private static readonly string[] Epsilons = ["attention.layer_norm_epsilon", "attention.layer_norm_rms_epsilon", "attention.group_norm_epsilon"];

    private static readonly string[] RopeScalings = ["none", "linear", "yarn", "longrope"];

    private GgufMetadata Metadata => file.Metadata;

    public void Run()
    {
        CheckEveryArchitecture();
        CheckExperts();
        if (AttentionOnly.Contains(architecture) && file.Tensors.Count > 0)
        {
            CheckAttention();
        }
    }

    private void CheckEveryArchitecture()
    {
        var layers = Integer("block_count");
        if (layers is not null and (< 1 or > MaxLayers))
        {
            throw Wrong("block_count", $"is {layers}, but 1 to {MaxLayers} are possible");
        }

        if (Integer("nextn_predict_layers") is { } predicting && (predicting < 0 || predicting > layers))
        {
            throw Wrong("nextn_predict_layers", $"is {predicting}, but the model has {layers} layers");
        }

        if (Metadata.Text(Key("rope.scaling.type")) is { } scaling && !RopeScalings.Contains(scaling))
        {
            throw Wrong("rope.scaling.type", $"is '{scaling}', but {string.Join(", ", RopeScalings)} are known");
        }

        if (Integer("pooling_type") is { } pooling and not (>= 0 and <= LastPooling) and not -1 and not uint.MaxValue)
        {
            throw Wrong("pooling_type", $"is {pooling}, but 0 to {LastPooling} are known");
        }

        foreach (var name in Epsilons)
        {
            if (Metadata.Number(Key(name)) is { } epsilon && !(epsilon >= 0))
            {
                throw Wrong(name, $"is {epsilon}, but nothing below 0 is possible");
            }
        }
    }

    private void CheckExperts()
    {
        var experts = Integer("expert_count") ?? 0;
        var used = Integer("expert_used_count") ?? Metadata.WholeNumbers(Key("expert_used_count"))?.DefaultIfEmpty().Max() ?? 0; // one, or one for each layer
        var groups = Integer("expert_group_count") ?? 0;
        if (experts is < 0 or > MaxExperts)
        {
            throw Wrong("expert_count", $"is {experts}, but 0 to {MaxExperts} are possible");
        }

        // these take a single expert for none
        if (experts <= 1 && architecture.StartsWith("hunyuan", StringComparison.Ordinal))
        {
            return;
        }

        if (used < 0 || used > experts || (used == 0 && experts > 0))
        {
            throw Wrong("expert_used_count", $"is {used}, but the model has {experts} experts");
        }

        if (groups < 0 || groups > 0 && groups >= experts || groups > 1 && experts % groups != 0)
        {
            throw Wrong("expert_group_count", $"is {groups}, but the model has {experts} experts");
        }

        var groupsUsed = Integer("expert_group_used_count") ?? 0;
        if (groups > 1 && (groupsUsed < 1 || groupsUsed >= groups))
        {
            throw Wrong("expert_group_used_count", $"is {groupsUsed}, but the model has {groups} groups of experts");
        }
    }

    private void CheckAttention()
    {
        var width = Positive("embedding_length");
        _ = Positive("context_length");
        _ = Positive("block_count");
        if (Metadata.Count(Key("feed_forward_length")) is null)
        {
            _ = Positive("feed_forward_length");
        }

        if (Metadata.Count(Key("attention.head_count")) is not null || Metadata.Count(Key("attention.head_count_kv")) is not null)
        {
            return;
        }

        var heads = Positive("attention.head_count");
        var keyValueHeads = Metadata.Contains(Key("attention.head_count_kv")) ? Positive("attention.head_count_kv") : heads;
        if (heads % keyValueHeads != 0)
        {
            throw Wrong("attention.head_count_kv", $"is {keyValueHeads}, which does not divide the {heads} heads");
        }

        if (!Metadata.Contains(Key("attention.key_length")) && width % heads != 0)
        {
            throw Wrong("attention.head_count", $"is {heads}, which does not divide the width {width}");
        }

        var keyLength = Integer("attention.key_length") ?? width / heads;
        if (Integer("rope.dimension_count") is { } rotated && (rotated < 0 || rotated > keyLength || rotated % 2 != 0))
        {
            throw Wrong("rope.dimension_count", $"is {rotated}, but an even number up to the {keyLength} of a head is possible");
        }
    }

    private string Key(string name) => $"{architecture}.{name}";

    private long? Integer(string name) => Metadata.WholeNumber(Key(name));

    private long Positive(string name) => Integer(name) switch
    {
        > 0 and <= int.MaxValue and var number => number,
        null => throw Wrong(name, "is missing, or no whole number"),
        var number => throw Wrong(name, $"is {number}, but 1 to {int.MaxValue} are possible"),
    };

    private GgufException Wrong(string name, string what) =>
        new(file.Path, $"the metadata key '{Key(name)}' {what}: ask the publisher for a correct file.") { Key = Key(name) };
}
