using System.Text;

namespace Rag.NativeBench.Models;

/// <summary>Writes what stands before the weights of a GGUF file, version 3.</summary>
internal sealed class GgufHeader(BinaryWriter file)
{
    private const uint WholeNumberType = 4, SignedType = 5, FractionType = 6, TextType = 8, ArrayType = 9;

    public void Begin(int tensors, int count)
    {
        file.Write("GGUF"u8);
        file.Write(3u);
        file.Write((ulong)tensors);
        file.Write((ulong)count);
    }

    public void Number(string key, uint value)
    {
        Key(key, WholeNumberType);
        file.Write(value);
    }

    public void Fraction(string key, float value)
    {
        Key(key, FractionType);
        file.Write(value);
    }

    public void Text(string key, string value)
    {
        Key(key, TextType);
        Write(value);
    }

    public void Texts(string key, string[] values)
    {
        Array(key, TextType, values.Length);
        foreach (var value in values)
        {
            Write(value);
        }
    }

    public void Fractions(string key, float[] values)
    {
        Array(key, FractionType, values.Length);
        foreach (var value in values)
        {
            file.Write(value);
        }
    }

    public void Numbers(string key, int[] values)
    {
        Array(key, SignedType, values.Length);
        foreach (var value in values)
        {
            file.Write(value);
        }
    }

    public void Tensor(string name, long[] shape, uint type, long offset)
    {
        Write(name);
        file.Write((uint)shape.Length);
        foreach (var length in shape)
        {
            file.Write((ulong)length);
        }

        file.Write(type);
        file.Write((ulong)offset);
    }

    private void Array(string key, uint type, int count)
    {
        Key(key, ArrayType);
        file.Write(type);
        file.Write((ulong)count);
    }

    private void Key(string key, uint type)
    {
        Write(key);
        file.Write(type);
    }

    private void Write(string text)
    {
        file.Write((ulong)Encoding.UTF8.GetByteCount(text));
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
