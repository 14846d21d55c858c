using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace Rag.Ingest.Reading.Archives;

/// <summary>The files of a ZIP archive (APPNOTE.TXT).</summary>
internal static class ZipEntries
{
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static IEnumerable<ArchiveEntry> Of(ReadOnlyMemory<byte> bytes, Action<int> onRead)
    {
        using var zip = new ZipArchive(bytes.AsStream(), ZipArchiveMode.Read, leaveOpen: false, Encoding.Latin1);
        foreach (var entry in zip.Entries)
        {
            var name = Name(entry.FullName);
            if (name.EndsWith('/') || name.EndsWith('\\'))
            {
                continue;
            }

            yield return entry.IsEncrypted ? ArchiveEntry.Unreadable(name, "it is encrypted") : new(name, entry.Open, onRead);
        }
    }

    // Names that are not marked as UTF-8 came as Latin-1, byte by byte: many programs write UTF-8 or their own code page without saying so.
    private static string Name(string name)
    {
        if (name.All(char.IsAscii) || name.Any(c => c > 0xFF))
        {
            return name;
        }

        var bytes = Encoding.Latin1.GetBytes(name);
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : TextEncodings.Guess(bytes).Encoding).GetString(bytes);
    }
}
