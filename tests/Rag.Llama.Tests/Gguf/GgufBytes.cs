using System.Text;
using Rag.Llama.Gguf;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Gguf;

/// <summary>A good file in memory, and places in it to damage.</summary>
internal sealed class GgufBytes(byte[] bytes)
{
    public byte[] Bytes => bytes;

    public static GgufBytes Llama(LlamaShape? shape = null) => new(TinyModels.Llama(shape ?? new()).ToBytes());

    public static GgufBytes Bert() => new(TinyModels.Embedding(new()).ToBytes());

    /// <summary>Writes a number at a fixed place.</summary>
    public GgufBytes Put<T>(int at, T value)
        where T : unmanaged
    {
        System.Runtime.InteropServices.MemoryMarshal.Write(bytes.AsSpan(at), value);
        return this;
    }

    /// <summary>Writes a number some bytes after the first place where a text ends: after a key its type (0) and value (4) stand; after a tensor's name the count of dimensions (0) and the first (4).</summary>
    public GgufBytes PutAfter<T>(string text, int offset, T value)
        where T : unmanaged => Put(End(text) + offset, value);

    /// <summary>Writes another text of the same length over the first place of a text.</summary>
    public GgufBytes Rename(string text, string other)
    {
        Encoding.UTF8.GetBytes(other).CopyTo(bytes, End(text) - Encoding.UTF8.GetByteCount(text));
        return this;
    }

    public GgufFile Read() => GgufFile.Read(new MemoryStream(bytes), "model.gguf");

    private int End(string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        var at = bytes.AsSpan().IndexOf(encoded);
        Assert.True(at >= 0, text);
        return at + encoded.Length;
    }
}
