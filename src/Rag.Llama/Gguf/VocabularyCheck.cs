using System.Globalization;

namespace Rag.Llama.Gguf;

/// <summary>Checks a model's tokenizer, whose tokens the reader has seen to be different.</summary>
internal static class VocabularyCheck
{
    private const string Prefix = "tokenizer.ggml.";
    private const string ModelKey = Prefix + "model";

    // Other ids beyond the vocabulary are in published models, padding above all; llama.cpp warns and does without them.
    private static readonly string[] SpecialKeys = [Prefix + "bos_token_id", Prefix + "eos_token_id", Prefix + "unknown_token_id", Prefix + "seperator_token_id"];

    public static void Run(GgufPart file)
    {
        var metadata = file.Metadata;
        if (metadata.Text(ModelKey) is null or "none" or "no_vocab")
        {
            return;
        }

        if (metadata.Find(GgufMetadataReader.TokensKey) is not { Type: GgufValueType.Text, Count: > 0 and var count })
        {
            throw Wrong(file, GgufMetadataReader.TokensKey, $"is not a list of texts, though a tokenizer '{metadata.Text(ModelKey)}' is named");
        }

        CheckLength(file, Prefix + "scores", count, GgufValueType.Float32, GgufValueType.Int32);
        CheckLength(file, Prefix + "token_type", count, GgufValueType.Int32);
        foreach (var key in SpecialKeys)
        {
            // 0xFFFFFFFF and -1 say that there is none
            if (metadata.WholeNumber(key) is { } id and >= 0 and not uint.MaxValue && id >= count)
            {
                throw Wrong(file, key, string.Create(CultureInfo.InvariantCulture, $"is {id}, but the vocabulary has {count} tokens"));
            }
        }
    }

    private static void CheckLength(GgufPart file, string key, long tokens, params ReadOnlySpan<GgufValueType> types)
    {
        if (file.Metadata.Find(key) is not { } numbers)
        {
            return;
        }

        if (numbers.Count is not { } count || !types.Contains(numbers.Type))
        {
            throw Wrong(file, key, "is not a list of numbers of the type that llama.cpp reads");
        }

        if (count < tokens)
        {
            throw Wrong(file, key, $"has {count} numbers for {tokens} tokens");
        }
    }

    private static GgufException Wrong(GgufPart file, string key, string what) =>
        new(file.Path, $"the metadata key '{key}' {what}: ask the publisher for a correct file.") { Key = key };
}
