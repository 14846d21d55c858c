using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Outlines;

/// <summary>Divides a log at its entries, which begin with a time; the lines without one, such as those of a stack trace, belong to the entry above.</summary>
internal static partial class LogOutline
{
    private const int LongestPrefix = 80;

    public static List<Joint> Of(string text, CancellationToken cancellationToken)
    {
        var joints = new List<Joint>();
        var (piece, entry) = (0, 0); // where the piece that is open begins, and its last entry
        for (var at = 0; at < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rest = text.AsSpan(at);
            if (Time().IsMatch(rest[..Math.Min(rest.Length, LongestPrefix)]))
            {
                if (at - piece > Joint.Small && entry > piece)
                {
                    joints.Add(new(piece = entry, null));
                }

                if (at - piece > Joint.Small)
                {
                    joints.Add(new(piece = at, null));
                }

                entry = at;
            }

            var end = rest.IndexOfAny('\r', '\n');
            at += end < 0 ? rest.Length : end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1);
        }

        if (text.Length - piece > Joint.Small && entry > piece)
        {
            joints.Add(new(entry, null));
        }

        return joints;
    }

    // 2024-05-01 12:00:00, 2024-05-01T12:00, [01/May/2024:12:00:00, May  1 12:00:00, 12:00:00.123, each perhaps behind a word such as INFO or an address
    [GeneratedRegex("""\G(?:\S{1,40} (?:\S{1,20} ){0,2})?[\[(<"]?(?:\d{4}[-/.]\d{2}[-/.]\d{2}|\d{1,2}[-/. ](?:\d{2}|[A-Z][a-z]{2})[-/. ]\d{2,4}|[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}|\d{2}:\d{2}:\d{2}\b)""")]
    private static partial Regex Time();
}
