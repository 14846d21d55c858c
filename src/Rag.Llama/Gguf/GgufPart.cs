namespace Rag.Llama.Gguf;

/// <summary>One file as it is, before its contents are checked against each other: a whole model, or a part of one in several files.</summary>
internal sealed record GgufPart(string Path, int Version, long Bytes, GgufMetadata Metadata, IReadOnlyList<GgufTensor> Tensors)
{
    private const string AlignmentKey = "general.alignment";
    private const int DefaultAlignment = 32;
    private const uint Magic = 0x46554747; // "GGUF"

    public static GgufPart Read(Stream stream, string path)
    {
        var file = new GgufStream(stream, path);
        var bytes = file.Remaining;
        CheckMagic(file);
        var version = ReadVersion(file);
        var tensors = file.Read<ulong>();
        var metadata = new GgufMetadataReader(file).Read(file.Read<ulong>());
        return new(path, version, bytes, metadata, new GgufTensorReader(file).Read(tensors, Alignment(path, metadata)));
    }

    private static void CheckMagic(GgufStream file)
    {
        if (file.Remaining < sizeof(uint) || file.Read<uint>() is var magic && magic != Magic)
        {
            throw new GgufException(file.Path, file.Remaining == 0
                ? "the file is empty: download it again."
                : "it does not begin with 'GGUF', so it is not a model in that format: convert it with llama.cpp, or download a file that ends in .gguf.");
        }
    }

    private static int ReadVersion(GgufStream file) => file.Read<uint>() switch
    {
        2 => 2,
        3 => 3,
        1 => throw new GgufException(file.Path, "it is GGUF version 1, which llama.cpp no longer reads: download a newer file of the model."),
        var version when (version & 0xFFFF) == 0 => throw new GgufException(file.Path, "its numbers are big-endian, for another kind of processor: download the little-endian file."),
        var version => throw new GgufException(file.Path, $"it is GGUF version {version}, but this version of llama.cpp reads 2 and 3: update this library, or download another file of the model."),
    };

    private static long Alignment(string path, GgufMetadata metadata)
    {
        if (!metadata.Contains(AlignmentKey))
        {
            return DefaultAlignment;
        }

        return metadata.WholeNumber(AlignmentKey) is > 0 and <= uint.MaxValue and var alignment && long.IsPow2(alignment)
            ? alignment
            : throw new GgufException(path, $"the metadata key '{AlignmentKey}' is {metadata.WholeNumber(AlignmentKey)?.ToString() ?? "no number"}, but a power of 2 is needed: ask the publisher for a correct file.") { Key = AlignmentKey };
    }
}
