using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Gguf;

public sealed class TensorEncodingTests
{
    [Fact]
    public void Encode_rounds_blocks_as_llama_cpp_does()
    {
        var values = new float[32];
        (values[0], values[1], values[2], values[3]) = (-12.7f, 0.05f, 6.35f, -0.04f);
        var bytes = new byte[34];

        TensorEncoding.Encode(TensorType.Q80, values, bytes);

        // the scale is 0.1, so halves at 0.5 and 63.5 go away from zero
        Assert.Equal((Half)0.1f, BitConverter.ToHalf(bytes));
        Assert.Equal([-127, 1, 64, 0], bytes.Skip(2).Take(4).Select(b => (int)(sbyte)b));
    }

    [Fact]
    public void Encode_of_zeros_is_zeros()
    {
        var bytes = Enumerable.Repeat((byte)9, 34).ToArray();

        TensorEncoding.Encode(TensorType.Q80, new float[32], bytes);

        Assert.All(bytes, b => Assert.Equal(0, b));
    }
}
