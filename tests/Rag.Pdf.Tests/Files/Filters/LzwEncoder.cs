namespace Rag.Pdf.Tests.Files.Filters;

/// <summary>The obvious LZW encoder, as the standard describes it.</summary>
internal static class LzwEncoder
{
    public static byte[] Encode(byte[] data, bool early)
    {
        var output = new List<byte>();
        var table = new Dictionary<string, int>();
        int width = 9, next = 258, have = 0;
        uint bits = 0;

        void Write(int code)
        {
            bits = (bits << width) | (uint)code;
            for (have += width; have >= 8; have -= 8)
            {
                output.Add((byte)(bits >> (have - 8)));
            }
        }

        Write(256);
        var current = "";
        foreach (var c in data.Select(b => (char)b))
        {
            if (current.Length == 0 || table.ContainsKey(current + c))
            {
                current += c;
                continue;
            }

            Write(current.Length == 1 ? current[0] : table[current]);
            table[current + c] = next++;
            width = (next + (early ? 1 : 0)) switch { > 2048 => 12, > 1024 => 11, > 512 => 10, _ => 9 }; // the decoder is one entry behind
            if (next == 4094)
            {
                Write(256);
                table.Clear();
                next = 258;
                width = 9;
            }

            current = c.ToString();
        }

        Write(current.Length == 1 ? current[0] : table[current]);
        Write(257);
        output.Add((byte)(bits << (8 - have)));
        return [.. output];
    }
}
