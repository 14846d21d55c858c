using System.Globalization;
using System.Numerics;
using System.Text;

namespace Rag.Llama.Gguf;

/// <summary>Finds a token that is in a vocabulary twice: llama.cpp ends the process when it loads one.</summary>
/// <remarks>The texts stand in one array and are found by an open-addressing table: no object for each of 150,000 tokens.</remarks>
internal sealed class TokenSet(GgufStream file)
{
    // The largest vocabularies have 262,144 tokens of about 7 bytes each.
    private const int MaxTokens = 1 << 23;
    private const int MaxBytes = 1 << 28;

    private byte[] _bytes = new byte[1 << 16];
    private int _used;

    /// <summary>Reads the tokens and gives the first two that are the same, if any are.</summary>
    public (int First, int Second)? Read(long count)
    {
        if (count > MaxTokens)
        {
            throw new GgufException(file.Path, $"the vocabulary has {count} tokens, but {MaxTokens} are the most: ask the publisher for a correct file.") { Key = GgufMetadataReader.TokensKey };
        }

        var ends = new int[count + 1];
        var hashes = new int[count];
        var table = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * count))];
        for (var i = 0; i < count; i++)
        {
            ReadToken(i);
            ends[i + 1] = _used;
            var token = _bytes.AsSpan(ends[i].._used);

            // seeded anew for each process, so no file can be built to collide
            var hash = default(HashCode);
            hash.AddBytes(token);
            hashes[i] = hash.ToHashCode();
            var slot = hashes[i] & (table.Length - 1);
            for (; table[slot] != 0; slot = (slot + 1) & (table.Length - 1))
            {
                var other = table[slot] - 1;
                if (hashes[other] == hashes[i] && token.SequenceEqual(_bytes.AsSpan(ends[other]..ends[other + 1])))
                {
                    return (other, i);
                }
            }

            table[slot] = i + 1;
        }

        return null;
    }

    private void ReadToken(int index)
    {
        var length = file.ReadLength(MaxBytes - _used);
        Reserve(length);
        var token = _bytes.AsSpan(_used, length);
        file.ReadBytes(token);

        // for llama.cpp a zero byte ends a token, and an empty one is called by its number
        _used += token.IndexOf((byte)0) is >= 0 and var end ? end : length;
        if (length == 0 || token[0] == 0)
        {
            Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[EMPTY_{index}]")));
        }
    }

    private void Append(byte[] text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes, _used);
        _used += text.Length;
    }

    private void Reserve(int length)
    {
        if (_bytes.Length - _used < length)
        {
            Array.Resize(ref _bytes, Math.Max(_used + length, (int)Math.Min(2L * _bytes.Length, int.MaxValue / 2)));
        }
    }
}
