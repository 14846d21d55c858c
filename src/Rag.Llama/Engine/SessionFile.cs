using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rag.Llama.Engine;

/// <summary>A beginning that a model has read, in a file: the tokens and what the model made of them, checked against the model and against damage.</summary>
/// <remarks>Layout: magic (8 bytes), model (32), cache type (1), number of tokens (4), tokens (4 each), length of the state (8), state, SHA-256 of all before (32); little endian.</remarks>
internal sealed record SessionFile(byte[] Model, CacheType Cache, int[] Tokens, byte[] State)
{
    private const int HashLength = SHA256.HashSizeInBytes;
    private const int HeaderLength = 8 + HashLength + 1 + sizeof(int);

    private static ReadOnlySpan<byte> Magic => "RAGKV\0\u0001\0"u8;

    /// <summary>Tells models apart: a hash of the file's first megabyte, which holds its metadata, and of its length.</summary>
    public static byte[] IdentityOf(LlamaModel model)
    {
        using var file = File.OpenRead(model.Path);
        var start = new byte[Math.Min(file.Length, 1 << 20) + sizeof(long)];
        file.ReadExactly(start.AsSpan(sizeof(long)));
        BinaryPrimitives.WriteInt64LittleEndian(start, file.Length);
        return SHA256.HashData(start);
    }

    /// <summary>Writes the file whole or not at all.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = new byte[HeaderLength + (Tokens.Length * sizeof(int)) + sizeof(long) + State.Length + HashLength];
        using (var writer = new BinaryWriter(new MemoryStream(bytes)))
        {
            writer.Write(Magic);
            writer.Write(Model);
            writer.Write((byte)Cache);
            writer.Write(Tokens.Length);
            writer.Write(MemoryMarshal.AsBytes(Tokens.AsSpan()));
            writer.Write((long)State.Length);
            writer.Write(State);
        }

        SHA256.HashData(bytes.AsSpan(..^HashLength), bytes.AsSpan(^HashLength..));
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="LlamaException">It is no session, damaged, or of another model.</exception>
    public static async Task<SessionFile> ReadAsync(string path, byte[] model, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        if (bytes.Length < HeaderLength + sizeof(long) + HashLength || !bytes.AsSpan().StartsWith(Magic))
        {
            throw new LlamaException($"'{path}' is no saved beginning. Save it anew.");
        }

        if (!SHA256.HashData(bytes.AsSpan(..^HashLength)).AsSpan().SequenceEqual(bytes.AsSpan(^HashLength..)))
        {
            throw new LlamaException($"'{path}' is damaged: its content does not fit its checksum. Save it anew.");
        }

        if (!bytes.AsSpan(Magic.Length, HashLength).SequenceEqual(model))
        {
            throw new LlamaException($"'{path}' was saved with another model. Save it anew with this one.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes));
        reader.ReadBytes(Magic.Length + HashLength);
        var cache = (CacheType)reader.ReadByte();
        var tokens = MemoryMarshal.Cast<byte, int>(reader.ReadBytes(reader.ReadInt32() * sizeof(int))).ToArray();
        return new(model, cache, tokens, reader.ReadBytes(checked((int)reader.ReadInt64())));
    }
}
