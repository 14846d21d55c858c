namespace Rag.Ingest.Reading.Mail;

/// <summary>The header fields of a message or of a part of one (RFC 5322), unfolded.</summary>
internal sealed class MimeHeaders
{
    private const int MostFields = 2_000;

    private static readonly string[] _ofMessages = ["Received", "Return-Path", "Delivered-To", "Message-ID", "Date", "Subject", "To", "MIME-Version"];

    private readonly List<(string Name, string Value)> _fields = [];

    private MimeHeaders()
    {
    }

    /// <summary>Whether there is no field at all.</summary>
    public bool IsEmpty => _fields.Count == 0;

    /// <summary>The fields that <paramref name="bytes"/> begin with, and where the body begins: behind the first empty line, or at the first line that is no field.</summary>
    public static MimeHeaders Parse(ReadOnlySpan<byte> bytes, out int body)
    {
        var headers = new MimeHeaders();
        body = bytes.StartsWith("From "u8) ? NextLine(bytes, 0) : 0; // how a mailbox marks a message
        var (start, lines) = (body, 0);
        while (body < bytes.Length)
        {
            var next = NextLine(bytes, body);
            var line = bytes[body..next].TrimEnd("\r\n"u8);
            if (line.IsEmpty)
            {
                headers.Read(bytes[start..body]);
                body = next;
                return headers;
            }

            if (lines++ >= MostFields || !(line[0] is (byte)' ' or (byte)'\t' ? body > start : IsField(line)))
            {
                break;
            }

            body = next;
        }

        headers.Read(bytes[start..body]);
        return headers;
    }

    /// <summary>Whether a text of no known extension, such as a file of a Maildir, is a message: it begins with a header that names its sender and two other things that only messages have.</summary>
    public static bool Begin(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MimePart.MostHeader)];
        if (text.IsEmpty || !IsField(text[..NextLine(text, 0)]))
        {
            return false;
        }

        var headers = Parse(text, out _);
        return headers.Raw("From") is not null && _ofMessages.Count(name => headers.Raw(name) is not null) >= 2;
    }

    /// <summary>The first field of that name as it stands; <see langword="null"/> for none.</summary>
    public string? Raw(string name) => _fields.Find(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The first field of that name on one line, its encoded words decoded; empty for none.</summary>
    public string Text(string name) => Raw(name) is { } raw ? TextCleaning.OneLine(EncodedWords.Decode(raw)) : "";

    private void Read(ReadOnlySpan<byte> bytes)
    {
        var (encoding, _) = TextEncodings.Guess(bytes);
        foreach (var line in encoding.GetString(bytes).EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                continue;
            }

            if (line[0] is ' ' or '\t' && _fields.Count > 0)
            {
                var (name, value) = _fields[^1];
                _fields[^1] = (name, value.Length < MimePart.MostHeader ? $"{value} {line.Trim()}" : value);
            }
            else if (line.IndexOf(':') is > 0 and var colon)
            {
                _fields.Add((line[..colon].Trim().ToString(), line[(colon + 1)..].Trim().ToString()));
            }
        }
    }

    private static bool IsField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && !line[..colon].TrimEnd((byte)' ').ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }

    private static int NextLine(ReadOnlySpan<byte> bytes, int at)
    {
        var end = bytes[at..].IndexOf((byte)'\n');
        return end < 0 ? bytes.Length : at + end + 1;
    }
}
