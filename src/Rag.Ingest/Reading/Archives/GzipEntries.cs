using System.IO.Compression;
using System.Text;

namespace Rag.Ingest.Reading.Archives;

/// <summary>What gzip packed (RFC 1952): one file, or those of a TAR archive.</summary>
internal static class GzipEntries
{
    private const int Block = 512;

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IEnumerable<ArchiveEntry> Of(ReadOnlyMemory<byte> bytes, string documentId, Action<int> onRead)
    {
        if (!IsTar(bytes))
        {
            yield return new(Name(bytes.Span) ?? Fallback(documentId), () => new GZipStream(bytes.AsStream(), CompressionMode.Decompress), onRead);
            yield break;
        }

        using var unpacked = new GZipStream(bytes.AsStream(), CompressionMode.Decompress);
        foreach (var entry in TarEntries.Of(unpacked, onRead))
        {
            yield return entry;
        }
    }

    private static bool IsTar(ReadOnlyMemory<byte> bytes)
    {
        using var unpacked = new GZipStream(bytes.AsStream(), CompressionMode.Decompress);
        var head = new byte[Block];
        try
        {
            return unpacked.ReadAtLeast(head, Block, throwOnEndOfStream: false) == Block && head.AsSpan(257).StartsWith("ustar"u8);
        }
        catch (InvalidDataException)
        {
            return false; // it is told when its one entry is read
        }
    }

    // the name that stands in the header, behind an extra field
    private static string? Name(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || (bytes[3] & 8) == 0)
        {
            return null;
        }

        var start = (bytes[3] & 4) == 0 ? 10 : 12 + bytes[10] + (bytes[11] << 8);
        var end = start < bytes.Length ? bytes[start..].IndexOf((byte)0) : -1;
        return end > 0 ? Encoding.Latin1.GetString(bytes.Slice(start, end)) : null;
    }

    private static string Fallback(string documentId)
    {
        var name = documentId[(documentId.LastIndexOf('/') + 1)..];
        return name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
    }
}
