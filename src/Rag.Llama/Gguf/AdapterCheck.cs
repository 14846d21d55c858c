namespace Rag.Llama.Gguf;

/// <summary>Checks the types of an adapter's values: llama.cpp ends the process where it finds another than it expects.</summary>
internal static class AdapterCheck
{
    private const string TypeKey = "general.type";
    private const string AdapterTypeKey = "adapter.type";
    private const string AlphaKey = "adapter.lora.alpha";

    public static bool IsAdapter(GgufMetadata metadata) => metadata.Contains(AdapterTypeKey) || metadata.Text(TypeKey) == "adapter";

    public static void Run(GgufPart file)
    {
        Expect(file, TypeKey, GgufValueType.Text);
        Expect(file, AdapterTypeKey, GgufValueType.Text);
        Expect(file, AlphaKey, GgufValueType.Float32);
    }

    private static void Expect(GgufPart file, string key, GgufValueType type)
    {
        if (file.Metadata.Find(key) is { } value && (value.Type != type || value.Count is not null))
        {
            throw new GgufException(file.Path, $"the metadata key '{key}' is of type {value.Type}{(value.Count is null ? "" : " list")}, but {type} is needed: ask the publisher for a correct file.") { Key = key };
        }
    }
}
