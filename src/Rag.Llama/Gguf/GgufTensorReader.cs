namespace Rag.Llama.Gguf;

/// <summary>Reads the directory of tensors of one file, and checks that their data lie inside it, one after the other.</summary>
internal sealed class GgufTensorReader(GgufStream file)
{
    private const int MaxTensors = 1 << 18; // the models with the most have some thousands
    private const int LeastBytes = 24; // a name's length, a count of dimensions, a type, an offset
    private const int MaxName = 63; // GGML_MAX_NAME, less the terminating zero
    private const int MaxDimensions = 4;

    public IReadOnlyList<GgufTensor> Read(ulong count, long alignment)
    {
        if (count > MaxTensors || (long)count > file.Remaining / LeastBytes)
        {
            throw new GgufException(file.Path, $"it claims {count} tensors, which {file.Remaining} bytes cannot describe or no model has: download it again, or ask the publisher for a correct file.");
        }

        var tensors = new List<GgufTensor>((int)count);
        var names = new HashSet<string>((int)count, StringComparer.Ordinal);
        var expected = 0L;
        for (var i = 0UL; i < count; i++)
        {
            file.Reading = $"description of tensor {i}";
            var name = file.ReadText(MaxName);
            file.Reading = $"description of tensor '{name}'";
            if (name.Contains('\0', StringComparison.Ordinal))
            {
                throw Wrong(name, "has a zero byte in its name");
            }

            if (!names.Add(name))
            {
                throw Wrong(name, "is there twice");
            }

            var tensor = ReadTensor(name);
            if (tensor.Offset != expected)
            {
                throw Wrong(name, $"begins at byte {(ulong)tensor.Offset} of the data, but the one before it ends at {expected} with its padding to {alignment}");
            }

            expected = Padded(checked(expected + tensor.Bytes), alignment);
            tensors.Add(tensor);
        }

        CheckEnd(tensors, Padded(file.Position, alignment));
        return tensors;
    }

    private static long Padded(long bytes, long alignment) => checked(bytes + alignment - 1) / alignment * alignment;

    private GgufException Wrong(string tensor, string what) => new(file.Path, $"the tensor '{tensor}' {what}: download it again, or ask the publisher for a correct file.") { Tensor = tensor };

    private GgufTensor ReadTensor(string name)
    {
        var dimensions = file.Read<uint>();
        if (dimensions > MaxDimensions)
        {
            throw Wrong(name, $"has {dimensions} dimensions, but {MaxDimensions} are the most");
        }

        var shape = new long[dimensions];
        UInt128 elements = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = file.Read<long>();
            elements *= shape[i] >= 0 ? (UInt128)shape[i] : throw Wrong(name, $"has {(ulong)shape[i]} numbers in dimension {i}");
            if (elements > long.MaxValue)
            {
                throw Wrong(name, $"has more numbers than can be counted, by its dimensions {string.Join(" x ", shape)}");
            }
        }

        var id = file.Read<uint>();
        var type = GgufTensorType.Find(id) ?? throw Wrong(name, $"is of type {id}, which this version of llama.cpp does not know or no longer reads");
        var row = shape.Length == 0 ? 1 : shape[0];
        if (row % type.BlockLength != 0)
        {
            throw Wrong(name, $"has rows of {row} numbers, which are not whole blocks of {type.BlockLength} as {type.Name} needs");
        }

        var bytes = elements / (UInt128)type.BlockLength * (UInt128)type.BlockBytes;
        return bytes <= (UInt128)(file.Position + file.Remaining)
            ? new(name, type, shape, file.Read<long>(), (long)bytes)
            : throw Wrong(name, $"takes {bytes} bytes, but the file has {file.Position + file.Remaining}: it was cut off or is damaged");
    }

    private void CheckEnd(List<GgufTensor> tensors, long data)
    {
        if (tensors.Count > 0 && tensors[^1] is var last && data + last.Offset + last.Bytes > file.Position + file.Remaining)
        {
            throw Wrong(last.Name, $"ends at byte {data + last.Offset + last.Bytes}, but the file has {file.Position + file.Remaining}: it was cut off");
        }
    }
}
