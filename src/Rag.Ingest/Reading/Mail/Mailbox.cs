using System.Text;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Mail;

/// <summary>Finds the messages of a mailbox file (mbox, RFC 4155 and its kin).</summary>
internal static partial class Mailbox
{
    /// <summary>Whether a file begins as a mailbox does.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => IsMark(bytes);

    /// <summary>The messages, each from the line that marks it.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var end = NextMark(bytes.Span, start + 1);
            yield return bytes[start..end];
            start = end;
        }
    }

    /// <summary>A message as it was before it was put into the mailbox: without the line that marks it, and lines such as <c>&gt;From</c> with one mark of quoting less.</summary>
    public static ReadOnlyMemory<byte> Unquoted(ReadOnlyMemory<byte> message)
    {
        var rest = message[(message.Span.IndexOf((byte)'\n') + 1)..];
        if (rest.Span.IndexOf(">From "u8) < 0)
        {
            return rest;
        }

        var (plain, length) = (new byte[rest.Length], 0);
        for (var at = 0; at < rest.Length;)
        {
            var end = rest.Span[at..].IndexOf((byte)'\n') is >= 0 and var found ? at + found + 1 : rest.Length;
            var line = rest.Span[at..end];
            var from = line.IndexOfAnyExcept((byte)'>');
            line = from > 0 && line[from..].StartsWith("From "u8) ? line[1..] : line;
            line.CopyTo(plain.AsSpan(length));
            length += line.Length;
            at = end;
        }

        return plain.AsMemory(0, length);
    }

    private static int NextMark(ReadOnlySpan<byte> bytes, int from)
    {
        while (from < bytes.Length && bytes[from..].IndexOf("\nFrom "u8) is >= 0 and var found)
        {
            from += found + 1;
            var before = bytes[..(from - 1)];
            if ((before.EndsWith("\n"u8) || before.EndsWith("\n\r"u8)) && IsMark(bytes[from..]))
            {
                return from;
            }
        }

        return bytes.Length;
    }

    private static bool IsMark(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var line = bytes[..Math.Min(end < 0 ? bytes.Length : end, 300)];
        return line.StartsWith("From "u8) && Mark().IsMatch(Encoding.Latin1.GetString(line));
    }

    // a sender, and a date in C's form, with or without a zone
    [GeneratedRegex(@"^From \S.*\d{1,2}:\d\d.*\d{4}")]
    private static partial Regex Mark();
}
