using System.Text;

namespace Rag.Ingest.Reading.Mail;

/// <summary>A message or a part of one (RFC 2045, 2046), split but not decoded. What is malformed is read as the text that it is.</summary>
internal sealed class MimePart
{
    /// <summary>Characters of one header field; more are cut.</summary>
    public const int MostHeader = 64 << 10;

    private const int MostDepth = 16;
    private const int MostParts = 10_000; // of one level

    private readonly HeaderParameters _type;
    private readonly HeaderParameters _disposition;
    private readonly ReadOnlyMemory<byte> _body;

    private MimePart(ReadOnlyMemory<byte> bytes, int depth, string defaultType)
    {
        Headers = MimeHeaders.Parse(bytes.Span, out var start);
        _body = bytes[start..];
        _type = new(Headers.Raw("Content-Type") ?? defaultType);
        _disposition = new(Headers.Raw("Content-Disposition") ?? "");
        MediaType = _type.Value.Contains('/') ? _type.Value : defaultType;
        Parts = depth >= MostDepth ? []
            : MediaType.StartsWith("multipart/", StringComparison.Ordinal) ? Split(_body, _type.Find("boundary"), depth, MediaType == "multipart/digest" ? "message/rfc822" : "text/plain")
            : MediaType is "message/rfc822" or "message/global" ? [new(Content(), depth + 1, "text/plain")]
            : [];
    }

    public MimeHeaders Headers { get; }

    /// <summary>In lower case.</summary>
    public string MediaType { get; }

    /// <summary>The parts of a multipart, the one message of a message/rfc822; else none.</summary>
    public IReadOnlyList<MimePart> Parts { get; }

    /// <summary>Its name as a file, as the sender gave it; <see langword="null"/> where it has none.</summary>
    public string? FileName => _disposition.Find("filename") ?? _type.Find("name");

    public bool IsAttachment => _disposition.Value == "attachment" || (_disposition.Value.Length == 0 && FileName is not null && !MediaType.StartsWith("multipart/", StringComparison.Ordinal));

    /// <summary>The message in <paramref name="bytes"/>.</summary>
    public static MimePart Parse(ReadOnlyMemory<byte> bytes)
    {
        var (encoding, start) = TextEncodings.Guess(bytes.Span);
        // a file that was saved in UTF-16 or with a byte order mark
        ReadOnlyMemory<byte> plain = encoding is UnicodeEncoding or UTF32Encoding ? Encoding.UTF8.GetBytes(encoding.GetString(bytes.Span[start..])) : bytes[start..];
        return new(plain[(plain.Length - plain.Span.TrimStart("\r\n"u8).Length)..], 0, "text/plain");
    }

    /// <summary>A parameter of the content type.</summary>
    public string? Parameter(string name) => _type.Find(name);

    /// <summary>Its bytes, decoded from their transfer encoding.</summary>
    public ReadOnlyMemory<byte> Content() => TransferEncoding.Decode(_body, new HeaderParameters(Headers.Raw("Content-Transfer-Encoding") ?? "").Value);

    /// <summary>Its content as text.</summary>
    public string Text() => Charsets.Decode(Content().Span, _type.Find("charset"));

    private static List<MimePart> Split(ReadOnlyMemory<byte> body, string? boundary, int depth, string defaultType)
    {
        var (parts, start) = (new List<MimePart>(), -1);
        var mark = boundary is { Length: > 0 } ? [.. "--"u8, .. Encoding.UTF8.GetBytes(boundary.TrimEnd())] : FirstMark(body.Span);
        for (var at = 0; mark.Length > 2 && at < body.Length && parts.Count < MostParts;)
        {
            var found = body.Span[at..].IndexOf(mark);
            if (found < 0)
            {
                break;
            }

            found += at;
            at = found + mark.Length;
            if (found > 0 && body.Span[found - 1] != '\n')
            {
                continue;
            }

            var line = body.Span[at..].IndexOf((byte)'\n') is >= 0 and var end ? at + end + 1 : body.Length;
            var rest = body.Span[at..line].Trim(" \t\r\n"u8);
            if (!rest.IsEmpty && !rest.SequenceEqual("--"u8))
            {
                continue; // a longer boundary that begins alike
            }

            if (start >= 0)
            {
                parts.Add(new(Without(body[start..found]), depth + 1, defaultType));
            }

            (start, at) = (rest.IsEmpty ? line : -1, line);
        }

        if (start >= 0 && parts.Count < MostParts)
        {
            parts.Add(new(body[start..], depth + 1, defaultType)); // cut off
        }

        return parts;
    }

    // the line end before a boundary belongs to the boundary
    private static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> part)
    {
        var end = part.Length - (part.Span.EndsWith("\r\n"u8) ? 2 : part.Span.EndsWith("\n"u8) ? 1 : 0);
        return part[..end];
    }

    // where no boundary is given, the first line that looks like one
    private static byte[] FirstMark(ReadOnlySpan<byte> body)
    {
        var at = body.StartsWith("--"u8) ? 0 : body.IndexOf("\n--"u8) + 1;
        return at == 0 && !body.StartsWith("--"u8) ? [] : body[at..].Slice(0, body[at..].IndexOf((byte)'\n') is >= 0 and var end ? end : body.Length - at).TrimEnd(" \r"u8).ToArray();
    }
}
