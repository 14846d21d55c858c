using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading;

/// <summary>Binary formats by the bytes they begin with.</summary>
internal static class Signatures
{
    private const string Zip = "application/zip";
    private const string Compound = "application/x-ole-storage";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";
    private const string OfficeOpenXml = "application/vnd.openxmlformats-officedocument.";
    private const int PdfHeaderWithin = 1_024; // Adobe's readers accept as much before it

    private static readonly (string MediaType, string Name, int Offset, byte[] Bytes)[] _known =
    [
        ("application/rtf", "RTF", 0, [.. "{\\rtf"u8]),
        ("application/gzip", "a gzip archive", 0, [0x1F, 0x8B]),
        ("application/x-bzip2", "a bzip2 archive", 4, [.. "1AY&SY"u8]),
        ("application/x-xz", "an xz archive", 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
        ("application/zstd", "a Zstandard archive", 0, [0x28, 0xB5, 0x2F, 0xFD]),
        ("application/x-7z-compressed", "a 7z archive", 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        ("application/vnd.rar", "a RAR archive", 0, [.. "Rar!\x1A\x07"u8]),
        ("application/x-tar", "a tar archive", 257, [.. "ustar"u8]),
        ("image/png", "a PNG image", 0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/jpeg", "a JPEG image", 0, [0xFF, 0xD8, 0xFF]),
        ("image/gif", "a GIF image", 0, [.. "GIF8"u8]),
        ("image/tiff", "a TIFF image", 0, [0x49, 0x49, 0x2A, 0]),
        ("image/tiff", "a TIFF image", 0, [0x4D, 0x4D, 0, 0x2A]),
        ("image/webp", "a WebP image", 8, [.. "WEBP"u8]),
        ("audio/wav", "a WAV recording", 8, [.. "WAVEfmt"u8]),
        ("audio/mpeg", "an MP3 recording", 0, [.. "ID3\x03"u8]),
        ("audio/mpeg", "an MP3 recording", 0, [.. "ID3\x04"u8]),
        ("audio/ogg", "an Ogg recording", 0, [.. "OggS"u8]),
        ("audio/flac", "a FLAC recording", 0, [.. "fLaC"u8]),
        ("video/mp4", "an MP4 video", 4, [.. "ftyp"u8]),
        ("video/x-matroska", "a Matroska video", 0, [0x1A, 0x45, 0xDF, 0xA3]),
        ("application/x-elf", "a program (ELF)", 0, [0x7F, 0x45, 0x4C, 0x46]),
        ("application/vnd.microsoft.portable-executable", "a Windows program", 0, [0x4D, 0x5A, 0x90, 0]),
        ("application/java-vm", "a Java class", 0, [0xCA, 0xFE, 0xBA, 0xBE]),
        ("application/vnd.sqlite3", "an SQLite database", 0, [.. "SQLite format 3\0"u8]),
    ];

    // which stream or storage of a compound file says what it is
    private static readonly (string MediaType, string Name, string Entry)[] _compound =
    [
        ("application/x-ooxml-protected", "a password-protected Office file (save it without the password)", "EncryptedPackage"),
        ("application/vnd.ms-excel", "Excel 97 to 2003 (xls)", "Workbook"),
        ("application/vnd.ms-excel", "Excel 97 to 2003 (xls)", "Book"),
        ("application/msword", "Word 97 to 2003 (doc; save it as docx)", "WordDocument"),
        ("application/vnd.ms-powerpoint", "PowerPoint 97 to 2003 (ppt; save it as pptx)", "PowerPoint Document"),
        ("application/vnd.ms-outlook", "an Outlook message (msg)", "__properties_version1.0"),
    ];

    /// <summary>What people call these types.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Names { get; } =
    [
        .. _known.DistinctBy(k => k.MediaType).Select(k => KeyValuePair.Create(k.MediaType, k.Name)),
        new(Compound, "an OLE file of unknown kind"),
        .. _compound.Select(k => KeyValuePair.Create(k.MediaType, k.Name)).DistinctBy(k => k.Key),
        new(Zip, "a zip archive"),
        new("application/epub+zip", "an EPUB book"),
        new(OpenDocument + "text", "OpenDocument text (odt)"),
        new(OpenDocument + "spreadsheet", "OpenDocument spreadsheet (ods)"),
        new(OpenDocument + "presentation", "OpenDocument presentation (odp)"),
        new(OfficeOpenXml + "spreadsheetml.sheet", "Excel (xlsx)"),
        new(OfficeOpenXml + "presentationml.presentation", "PowerPoint (pptx)"),
    ];

    /// <summary>The media type that <paramref name="content"/> begins like, or <see langword="null"/>.</summary>
    public static string? Match(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("PK\x03\x04"u8) || content.StartsWith("PK\x05\x06"u8))
        {
            return ZipKind(content);
        }

        if (content.StartsWith(CompoundFile.Signature))
        {
            return CompoundKind(content);
        }

        if (content[..Math.Min(content.Length, PdfHeaderWithin)].IndexOf("%PDF-"u8) >= 0)
        {
            return MediaTypes.Pdf;
        }

        foreach (var (mediaType, _, offset, bytes) in _known)
        {
            if (content.Length >= offset && content[offset..].StartsWith(bytes))
            {
                return mediaType;
            }
        }

        return null;
    }

    private static string CompoundKind(ReadOnlySpan<byte> content)
    {
        try
        {
            var names = new CompoundFile(content.ToArray()).Children().Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return _compound.FirstOrDefault(kind => names.Contains(kind.Entry)).MediaType ?? Compound;
        }
        catch (InvalidDataException)
        {
            return Compound; // damaged, or only its beginning
        }
    }

    // By the names of the entries, which stand uncompressed in their headers; nothing is unpacked, and a damaged archive is recognised as well.
    private static string ZipKind(ReadOnlySpan<byte> content)
    {
        const int HeaderLength = 30; // of a local file header, APPNOTE.TXT 4.3.7
        for (var rest = content; rest.IndexOf("PK\x03\x04"u8) is >= 0 and var at && rest.Length >= at + HeaderLength; rest = rest[(at + HeaderLength)..])
        {
            var name = rest[(at + HeaderLength)..];
            var kind = name.StartsWith("word/"u8) ? MediaTypes.Docx
                : name.StartsWith("xl/"u8) ? OfficeOpenXml + "spreadsheetml.sheet"
                : name.StartsWith("ppt/"u8) ? OfficeOpenXml + "presentationml.presentation"
                : !name.StartsWith("mimetypeapplication/"u8) ? null
                : name["mimetype".Length..].StartsWith("application/epub+zip"u8) ? "application/epub+zip"
                : OpenDocumentKind(name["mimetype".Length..]);
            if (kind is not null)
            {
                return kind;
            }
        }

        return Zip;
    }

    private static string? OpenDocumentKind(ReadOnlySpan<byte> mimeType) =>
        mimeType.StartsWith("application/vnd.oasis.opendocument.text"u8) ? OpenDocument + "text"
        : mimeType.StartsWith("application/vnd.oasis.opendocument.spreadsheet"u8) ? OpenDocument + "spreadsheet"
        : mimeType.StartsWith("application/vnd.oasis.opendocument.presentation"u8) ? OpenDocument + "presentation"
        : null;
}
