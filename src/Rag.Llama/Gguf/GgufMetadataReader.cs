using System.Text;

namespace Rag.Llama.Gguf;

/// <summary>Reads the keys and values of one file.</summary>
internal sealed class GgufMetadataReader(GgufStream file)
{
    public const string TokensKey = "tokenizer.ggml.tokens";

    // Far more than any model has, and little enough that a file built to exhaust memory cannot.
    private const int MaxKeys = 1 << 16;
    private const int MaxKeyBytes = (1 << 16) - 1; // the format's own limit
    private const int MaxKept = 1 << 26; // bytes of all keys and kept values
    private const int MaxKeptText = 1 << 20;
    private const int MaxKeptCount = 4_096;
    private const int MaxKeptTextInArray = 4_096;

    private readonly Dictionary<string, GgufValue> _values = new(StringComparer.Ordinal);
    private long _budget = MaxKept;

    public GgufMetadata Read(ulong count)
    {
        if (count > MaxKeys || (long)count > file.Remaining / 13)
        {
            throw new GgufException(file.Path, $"it claims {count} metadata keys, which {file.Remaining} bytes cannot hold or no model has: download it again, or ask the publisher for a correct file.");
        }

        for (var i = 0UL; i < count; i++)
        {
            file.Reading = $"metadata key {i}";
            var key = file.ReadText(MaxKeyBytes);
            file.Reading = $"value of '{key}'";
            if (key.Length == 0)
            {
                throw new GgufException(file.Path, $"metadata key {i} is empty: ask the publisher for a correct file.");
            }

            if (!Afford(key.Length))
            {
                throw new GgufException(file.Path, $"its metadata keys alone take more than {MaxKept} bytes, which no model has: ask the publisher for a correct file.");
            }

            if (_values.ContainsKey(key))
            {
                throw Wrong(key, "is there twice");
            }

            _values.Add(key, ReadValue(key, ReadType(key)));
        }

        return new(_values);
    }

    private GgufException Wrong(string key, string what) => new(file.Path, $"the metadata key '{key}' {what}: ask the publisher for a correct file.") { Key = key };

    private bool Afford(long bytes)
    {
        if (bytes > _budget)
        {
            return false;
        }

        _budget -= bytes;
        return true;
    }

    private GgufValueType ReadType(string key)
    {
        var type = file.Read<uint>();
        return type <= (uint)GgufValueType.Float64 ? (GgufValueType)type : throw Wrong(key, $"has a value of type {type}, but the format's types are 0 to 12");
    }

    private GgufValue ReadValue(string key, GgufValueType type) => type == GgufValueType.Array ? ReadArray(key) : new(type, null, type switch
    {
        GgufValueType.Text => ReadText(MaxKeptText),
        GgufValueType.Bool => file.Read<byte>() != 0,
        GgufValueType.Float32 => (double)file.Read<float>(),
        GgufValueType.Float64 => file.Read<double>(),
        GgufValueType.UInt64 => file.Read<ulong>(),
        _ => ReadInteger(type),
    });

    private long ReadInteger(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Bool => file.Read<byte>(),
        GgufValueType.Int8 => file.Read<sbyte>(),
        GgufValueType.UInt16 => file.Read<ushort>(),
        GgufValueType.Int16 => file.Read<short>(),
        GgufValueType.UInt32 => file.Read<uint>(),
        GgufValueType.Int32 => file.Read<int>(),
        _ => file.Read<long>(),
    };

    private string? ReadText(int maxKept)
    {
        var bytes = file.ReadLength(int.MaxValue);
        if (bytes <= maxKept && Afford(bytes))
        {
            var text = new byte[bytes];
            file.ReadBytes(text);
            return Encoding.UTF8.GetString(text);
        }

        file.Skip(bytes);
        return null;
    }

    private GgufValue ReadArray(string key)
    {
        var type = ReadType(key);
        if (type == GgufValueType.Array)
        {
            throw Wrong(key, "is a list of lists, which llama.cpp does not read");
        }

        var count = file.Read<ulong>();
        if (count > (ulong)(file.Remaining / Size(type)))
        {
            throw file.Cut($"{count} values of at least {Size(type)} bytes");
        }

        return new(type, (long)count, type switch
        {
            GgufValueType.Text when key == TokensKey => ReadTokens(key, (long)count),
            GgufValueType.Text => ReadTexts((long)count),
            GgufValueType.Float32 or GgufValueType.Float64 or GgufValueType.UInt64 => SkipNumbers((long)count, type),
            _ => count <= MaxKeptCount && Afford((long)count * sizeof(long)) ? ReadIntegers((long)count, type) : SkipNumbers((long)count, type),
        });
    }

    private object? ReadTokens(string key, long count)
    {
        var twice = new TokenSet(file).Read(count);
        return twice is null ? null : throw Wrong(key, $"has the same text for the tokens {twice.Value.First} and {twice.Value.Second}, at which llama.cpp ends the process");
    }

    private object? SkipNumbers(long count, GgufValueType type)
    {
        file.Skip(count * Size(type));
        return null;
    }

    private long[] ReadIntegers(long count, GgufValueType type)
    {
        var numbers = new long[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = ReadInteger(type);
        }

        return numbers;
    }

    private string?[]? ReadTexts(long count)
    {
        var texts = count <= MaxKeptCount ? new string?[count] : null;
        for (var i = 0L; i < count; i++)
        {
            var text = ReadText(texts is null ? -1 : MaxKeptTextInArray);
            if (text is null)
            {
                texts = null;
            }
            else
            {
                texts![i] = text;
            }
        }

        return texts;
    }

    // The least bytes of a value in the file.
    private static int Size(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        _ => 8,
    };
}
