namespace Rag.Pdf.Files.Filters;

/// <summary>ASCIIHexDecode (7.4.2). What is no digit is skipped, the end mark may be missing.</summary>
internal static class AsciiHex
{
    /// <summary>Digits decoded at a time.</summary>
    private const int Chunk = 4096;

    public static PooledBytes Decode(ReadOnlySpan<byte> input, PooledBytes output)
    {
        var end = input.IndexOf((byte)'>');
        input = end < 0 ? input : input[..end];
        Span<byte> digits = stackalloc byte[Chunk];
        Span<byte> bytes = stackalloc byte[Chunk / 2];
        while (!input.IsEmpty)
        {
            // an even number of digits at a time, so that only the last one can be single
            int count = 0, read = 0;
            for (; read < input.Length && count < Chunk; read++)
            {
                if (Scanner.HexDigit(input[read]) >= 0)
                {
                    digits[count++] = input[read];
                }
            }

            input = input[read..];
            if (!output.TryWrite(bytes[..Scanner.DecodeHex(digits[..count], bytes)]))
            {
                break;
            }
        }

        return output;
    }
}
