namespace Rag.Pdf.Files.Security;

/// <summary>The RC4 cipher, which the framework does not have: weak, but what old files are encrypted with. Encrypts and decrypts alike.</summary>
internal static class Rc4
{
    /// <summary>Applies the key stream of <paramref name="key"/> to <paramref name="input"/>.</summary>
    /// <param name="key">1 to 256 bytes.</param>
    /// <param name="input">What is decrypted.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be the same memory.</param>
    public static void Apply(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> state = stackalloc byte[256];
        for (var i = 0; i < 256; i++)
        {
            state[i] = (byte)i;
        }

        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
        }

        byte x = 0, y = 0;
        for (var i = 0; i < input.Length; i++)
        {
            x++;
            var a = state[x];
            y += a;
            var b = state[y];
            state[x] = b;
            state[y] = a;
            output[i] = (byte)(input[i] ^ state[(byte)(a + b)]);
        }
    }
}
