using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;

namespace Rag.Ingest.Reading.Office;

/// <summary>The parts of an Office Open XML file (ECMA-376 part 2), read in place: nothing is extracted, no link is followed.</summary>
/// <remarks>
/// The BCL's zip and XML readers rather than the Open XML SDK: the SDK refuses a whole file for one malformed hyperlink, and builds a tree of each part.
/// Both ways of a bomb are bounded: the sizes that the directory declares before anything is read, and the bytes that really come while reading.
/// </remarks>
internal sealed class OfficePackage : IDisposable
{
    private const int MaxParts = 20_000;

    // XML of real documents shrinks 5 to 40 times; a bomb 1,000 times.
    private const int MaxRatio = 100;
    private const int FreeOfRatio = 8 << 20;
    private const long MaxExpanded = 1L << 30;
    private const int MaxTree = 16 << 20; // a tree takes ten times as much memory

    private readonly string _documentId;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _maxDepth;
    private readonly long _allowed;
    private long _left; // of all parts together, so that a part that many point to cannot be unpacked for ever

    private OfficePackage(ReadOnlyMemory<byte> bytes, string documentId, ReaderLimits limits)
    {
        _documentId = documentId;
        _maxDepth = limits.MaxDepth;
        _allowed = Math.Min(MaxExpanded, Math.Max(FreeOfRatio, (long)bytes.Length * MaxRatio));
        _left = Math.Max(4 * FreeOfRatio, _allowed);
        _zip = new(MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray()), ZipArchiveMode.Read);
        if (_zip.Entries.Count > MaxParts)
        {
            throw Error($"its archive holds {_zip.Entries.Count:N0} files, more than {MaxParts:N0}. It is damaged or made to do harm.");
        }

        foreach (var entry in _zip.Entries)
        {
            _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    /// <exception cref="DocumentFormatException">The bytes are no such file.</exception>
    public static OfficePackage Open(ReadOnlyMemory<byte> bytes, string documentId, ReaderLimits limits)
    {
        if (bytes.Span.StartsWith(CompoundFile.Signature))
        {
            throw new DocumentFormatException(documentId, "it is a password-protected or a legacy Office file. Open it in an office program and save it in the current format without a password.");
        }

        try
        {
            return new(bytes, documentId, limits);
        }
        catch (InvalidDataException e)
        {
            throw new DocumentFormatException(documentId, "it is not a complete zip archive, which an Office file is. Copy it again from its source.", e);
        }
    }

    /// <summary>Reads a whole Office file; what is damaged in its parts is told like what is damaged in its archive.</summary>
    /// <exception cref="DocumentFormatException">The bytes are no such file, or break a limit.</exception>
    public static async Task<Document> ReadAsync(Stream source, string documentId, ReaderLimits limits, Func<OfficePackage, DocumentBuilder, Document> read, CancellationToken cancellationToken)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, limits, cancellationToken);
        using var package = Open(bytes, documentId, limits);
        try
        {
            var bounded = limits with { MaxCharacters = Math.Min(limits.MaxCharacters, package.MostCharacters) };
            return read(package, new(documentId, bounded, cancellationToken));
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw package.Error($"it is damaged: {e.Message} Open and save it in an office program, or copy it again from its source.", e);
        }
    }

    /// <summary>The most characters that a document made of it may have: repeating what is stored once can make a text as long as unpacking can.</summary>
    public int MostCharacters => (int)Math.Min(int.MaxValue, _allowed);

    /// <summary>The part that another one points to by a relationship whose type ends in <paramref name="type"/>; <see langword="null"/> when there is none.</summary>
    /// <param name="part">The part that points, or the empty string for the package.</param>
    /// <param name="type">Last segment of the relationship type, such as <c>styles</c>; the same in both variants of the standard.</param>
    public string? Related(string part, string type) => Links(part).FirstOrDefault(link => link.Type.Equals(type, StringComparison.OrdinalIgnoreCase))?.Part;

    /// <summary>The parts that a part points to, in the order of the file; links to what is outside or missing are left out.</summary>
    public IEnumerable<OfficeLink> Links(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        foreach (var link in Load($"{part[..slash]}_rels/{part[slash..]}.rels")?.Elements() ?? [])
        {
            if ((string?)link.Attribute("Target") is { } target && (string?)link.Attribute("TargetMode") != "External"
                && (target.StartsWith('/') ? target[1..] : Resolve(part[..slash] + target)) is var path && _parts.ContainsKey(path))
            {
                var type = (string?)link.Attribute("Type") ?? "";
                yield return new((string?)link.Attribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], path);
            }
        }
    }

    /// <summary>A part as a tree, for the small ones; <see langword="null"/> where the part is missing.</summary>
    /// <param name="part">Its name.</param>
    /// <param name="dtd">What becomes of a document type; at most it is passed over, never read.</param>
    public XElement? Load(string part, DtdProcessing dtd = DtdProcessing.Prohibit)
    {
        var left = MaxTree;
        if (!Has(part))
        {
            return null;
        }

        var xml = Bytes(part, bytes => left = bytes <= left ? left - bytes : throw TooLarge(MaxTree));
        using var levels = Reader(new MemoryStream(xml), dtd);
        while (levels.Read())
        {
            CheckDepth(levels.Depth); // the library's time to make a tree is quadratic in its depth
        }

        using var reader = Reader(new MemoryStream(xml), dtd);
        return XElement.Load(reader);
    }

    /// <summary>The title among the properties of the file.</summary>
    public string? CoreTitle() => Related("", "core-properties") is { } core ? Load(core).Child("title")?.Value : null;

    /// <summary>When the file says that it was <c>created</c> and <c>modified</c>, as it is written there.</summary>
    public IReadOnlyDictionary<string, string> CoreDates()
    {
        var core = Related("", "core-properties") is { } part ? Load(part) : null;
        return ((string[])["created", "modified"]).Select(name => (name, core.Child(name)?.Value)).Where(date => !string.IsNullOrWhiteSpace(date.Value)).ToDictionary(date => date.name, date => date.Value!);
    }

    /// <summary>Streams a part; <see langword="null"/> where the part is missing. The reader's limits surface as <see cref="XmlException"/>, <see cref="InvalidDataException"/> or <see cref="DocumentFormatException"/>.</summary>
    /// <param name="part">Its name.</param>
    /// <param name="dtd">What becomes of a document type; at most it is passed over, never read.</param>
    public XmlReader? Read(string part, DtdProcessing dtd = DtdProcessing.Prohibit) => Stream(part, _ => { }) is { } stream ? Reader(stream, dtd) : null;

    public bool Has(string part) => _parts.ContainsKey(part);

    /// <summary>The bytes of a part; none where the part is missing.</summary>
    public byte[] Bytes(string part) => Bytes(part, _ => { });

    private byte[] Bytes(string part, Action<int> onRead)
    {
        using var stream = Stream(part, onRead);
        var bytes = new MemoryStream();
        stream?.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Whether the bytes of a part hold any of the words.</summary>
    public bool Mentions(string part, params ReadOnlySpan<string> words)
    {
        using var stream = Stream(part, _ => { });
        using var text = stream is null ? TextReader.Null : new StreamReader(stream);
        var buffer = new char[64 << 10];
        var kept = 0;
        while (text.Read(buffer, kept, buffer.Length - kept) is var read and > 0)
        {
            var window = buffer.AsSpan(0, kept + read);
            foreach (var word in words)
            {
                if (window.Contains(word, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            kept = Math.Min(window.Length, 64); // no word is longer
            window[^kept..].CopyTo(buffer);
        }

        return false;
    }

    public DocumentFormatException Error(string problem, Exception? inner = null) => new(_documentId, problem, inner);

    public void Dispose() => _zip.Dispose();

    /// <summary>Checked at each element that is entered, so that reading may recurse.</summary>
    public void CheckDepth(int depth)
    {
        if (depth > _maxDepth)
        {
            throw Error($"its elements are nested more than {_maxDepth} deep. Raise ReaderLimits.MaxDepth if it is a real document.");
        }
    }

    private static XmlReader Reader(Stream stream, DtdProcessing dtd) =>
        XmlReader.Create(stream, new() { DtdProcessing = dtd, XmlResolver = null, CheckCharacters = false, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true });

    private LimitedStream? Stream(string part, Action<int> onRead)
    {
        if (!_parts.TryGetValue(part, out var entry))
        {
            return null;
        }

        if (entry.IsEncrypted)
        {
            throw Error("its archive is encrypted. Save it without a password.");
        }

        return entry.Length <= _allowed ? new(entry.Open(), Take + onRead) : throw TooLarge(_allowed);
    }

    private void Take(int bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw TooLarge(_allowed);
        }
    }

    private DocumentFormatException TooLarge(long bytes) => Error($"a part of it unpacks to more than {bytes:N0} bytes, or all of it to far more than a real document. It is damaged or made to do harm.");

    /// <summary>A path without <c>.</c> and <c>..</c>; it does not leave the package.</summary>
    public static string Resolve(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}

/// <summary>A relationship between two parts.</summary>
/// <param name="Id">Its id, which the text of the pointing part uses.</param>
/// <param name="Type">Last segment of its type.</param>
/// <param name="Part">The part that it points to.</param>
internal sealed record OfficeLink(string Id, string Type, string Part);
