namespace Rag.Pdf.Files.Filters;

/// <summary>RunLengthDecode (7.4.5).</summary>
internal static class RunLength
{
    private const int End = 128;

    public static PooledBytes Decode(ReadOnlySpan<byte> input, PooledBytes output)
    {
        Span<byte> run = stackalloc byte[128];
        while (input.Length > 1 && input[0] != End)
        {
            var length = input[0];
            input = input[1..];
            bool fits;
            if (length < End)
            {
                var count = Math.Min(length + 1, input.Length);
                fits = output.TryWrite(input[..count]);
                input = input[count..];
            }
            else
            {
                run.Fill(input[0]);
                fits = output.TryWrite(run[..(257 - length)]);
                input = input[1..];
            }

            if (!fits)
            {
                break;
            }
        }

        return output;
    }
}
