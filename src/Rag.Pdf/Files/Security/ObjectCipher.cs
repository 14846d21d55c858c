using System.Buffers;
using System.Security.Cryptography;

namespace Rag.Pdf.Files.Security;

#pragma warning disable CA5351 // MD5: the standard prescribes it

/// <summary>Decrypts the strings and the stream of one object. Safe for concurrent use.</summary>
internal sealed class ObjectCipher(Decryption file, int number, int generation)
{
    private const int Block = 16;

    /// <summary>A string's bytes.</summary>
    public byte[] DecryptString(ReadOnlySpan<byte> bytes)
    {
        if (file.Strings == CipherMethod.Identity)
        {
            return bytes.ToArray();
        }

        var plain = new byte[bytes.Length];
        var length = Decrypt(file.Strings, bytes, plain);
        return length == plain.Length ? plain : plain[..length];
    }

    /// <summary>A stream's bytes, before its filters.</summary>
    /// <param name="stream">The stream of this object.</param>
    /// <param name="filter">The crypt filter that it names itself, else <see langword="null"/>.</param>
    public DecodedBytes DecryptStream(PdfStream stream, string? filter)
    {
        var method = filter is not null ? file.Named(filter) : stream.Dictionary.Name("Type") switch
        {
            "Metadata" when !file.EncryptsMetadata => CipherMethod.Identity,
            "EmbeddedFile" => file.EmbeddedFiles,
            _ => file.Streams,
        };
        if (method == CipherMethod.Identity)
        {
            return new(stream.Raw, null);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(stream.Raw.Length);
        return new(buffer.AsMemory(0, Decrypt(method, stream.Raw.Span, buffer)), buffer);
    }

    private int Decrypt(CipherMethod method, ReadOnlySpan<byte> input, Span<byte> output)
    {
        var key = Key(method);
        if (method == CipherMethod.Rc4)
        {
            Rc4.Apply(key, input, output);
            return input.Length;
        }

        // the first block is the initialization vector; what is no whole block was cut off (7.6.3.2)
        var length = (input.Length - Block) & ~(Block - 1);
        if (length <= 0)
        {
            return 0;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        aes.DecryptCbc(input.Slice(Block, length), input[..Block], output, PaddingMode.None);
        var padding = output[length - 1];
        return padding is >= 1 and <= Block ? length - padding : length;
    }

    /// <summary>Algorithm 1 (7.6.3.2): the file's key mixed with the object's number; AES-256 takes it as it is.</summary>
    private byte[] Key(CipherMethod method)
    {
        if (method == CipherMethod.Aes256)
        {
            return file.Key;
        }

        ReadOnlySpan<byte> salt = method == CipherMethod.Aes128 ? "sAlT"u8 : [];
        byte[] mixed =
        [
            .. file.Key,
            (byte)number, (byte)(number >> 8), (byte)(number >> 16),
            (byte)generation, (byte)(generation >> 8),
            .. salt,
        ];
        return MD5.HashData(mixed)[..Math.Min(file.Key.Length + 5, 16)];
    }
}
