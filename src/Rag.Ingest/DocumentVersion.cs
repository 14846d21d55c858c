using System.Security.Cryptography;
using System.Text;

namespace Rag.Ingest;

/// <summary>Makes <see cref="Document.Version"/>: equal when neither the file nor the way it is ingested changed.</summary>
internal static class DocumentVersion
{
    /// <summary>SHA-256 of the content in hexadecimal digits, a hyphen, the settings.</summary>
    public static string Of(ReadOnlySpan<byte> content, string settings) => $"{Convert.ToHexStringLower(SHA256.HashData(content))}-{settings}";

    /// <summary>Short name of everything but content and embedding model that decides what is stored of a file: the version of the readers, chunker, labels, tenant, language, groups.</summary>
    public static string Settings(string chunker, SyncOptions options)
    {
        string[] parts =
        [
            $"{typeof(DocumentVersion).Assembly.GetName().Version}", chunker, options.Tenant, options.Language ?? "",
            .. options.Tags.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => new[] { "tag", t.Key, t.Value }),
            .. options.Groups.Order(StringComparer.Ordinal).SelectMany(g => new[] { "group", g }),
        ];
        // Lengths keep ["ab", "c"] and ["a", "bc"] apart.
        var text = string.Concat(parts.Select(p => $"{p.Length}:{p}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
