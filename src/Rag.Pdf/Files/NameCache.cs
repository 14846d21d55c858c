using System.Runtime.CompilerServices;
using System.Text;

namespace Rag.Pdf.Files;

/// <summary>Gives the same <see cref="PdfName"/> for the same bytes as a rule, so that common names are made once. Safe for concurrent use.</summary>
internal sealed class NameCache
{
    /// <summary>A slot holds the last name of its hash: no bound to keep, no lock, and a race costs one more object.</summary>
    private readonly PdfName?[] _slots = new PdfName?[1024];

    /// <summary>The name written as <paramref name="raw"/>, without its slash.</summary>
    [MethodImpl(HotPath.Options)]
    public PdfName Get(ReadOnlySpan<byte> raw)
    {
        var hash = 2166136261u; // FNV-1a
        var escaped = false;
        foreach (var b in raw)
        {
            hash = (hash ^ b) * 16777619u;
            escaped |= b == '#';
        }

        ref var slot = ref _slots[(hash ^ (hash >> 15)) & (uint)(_slots.Length - 1)];
        if (slot is { } known && !escaped && Ascii.Equals(raw, known.Value))
        {
            return known;
        }

        var name = new PdfName(Decode(raw, escaped));
        if (!escaped)
        {
            slot = name;
        }

        return name;
    }

    private static string Decode(ReadOnlySpan<byte> raw, bool escaped)
    {
        if (escaped)
        {
            var plain = new byte[raw.Length];
            raw = plain.AsSpan(0, Scanner.DecodeName(raw, plain));
        }

        return System.Text.Unicode.Utf8.IsValid(raw) ? Encoding.UTF8.GetString(raw) : Encoding.Latin1.GetString(raw);
    }
}
