using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Joins the cues of subtitles to paragraphs of speech.</summary>
internal sealed partial class Cues(DocumentBuilder builder)
{
    private const int LongParagraph = 800;
    private const int LongestLine = 10_000; // of which tags are looked for
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(3);

    private int _number;
    private int _length = -1; // of the paragraph that is open, -1 for none
    private TimeSpan _end;
    private string _speaker = "";
    private string _lastLine = "";
    private bool _isSentenceEnd;

    public void Write(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Contains("-->", StringComparison.Ordinal) && Timing().Match(lines[i]) is { Success: true } timing)
            {
                var from = i + 1;
                while (i + 1 < lines.Length && !string.IsNullOrWhiteSpace(lines[i + 1]))
                {
                    i++;
                }

                Cue(Time(timing.Groups[1].Value), Time(timing.Groups[2].Value), lines.AsSpan(from, i + 1 - from));
            }
        }

        EndParagraph();
    }

    private void Cue(TimeSpan start, TimeSpan end, ReadOnlySpan<string> lines)
    {
        _number++;
        foreach (var raw in lines)
        {
            var line = raw.Length <= LongestLine ? raw : raw[..LongestLine];
            var speaker = Voice().Match(line) is { Success: true } voice ? TextCleaning.OneLine(WebUtility.HtmlDecode(voice.Groups[1].Value)) : "";
            var words = TextCleaning.OneLine(WebUtility.HtmlDecode(Tag().Replace(line, "")));
            if (words.Length == 0 || words == _lastLine)
            {
                continue;
            }

            var isNewSpeaker = speaker.Length > 0 && speaker != _speaker;
            if (isNewSpeaker || start - _end > _pause || (_length > LongParagraph && (_isSentenceEnd || _length > 2 * LongParagraph)))
            {
                EndParagraph();
            }

            Append(isNewSpeaker ? $"{speaker}: {words}" : words, start);
            (_lastLine, _end, _isSentenceEnd) = (words, end, words[^1] is '.' or '!' or '?' or '…' or '。');
            _speaker = speaker.Length > 0 ? speaker : _speaker;
        }
    }

    private void Append(string words, TimeSpan start)
    {
        if (_length < 0)
        {
            builder.Begin(BlockKind.Paragraph);
            _length = 0;
        }

        builder.Append(_length == 0 ? "" : " ");
        builder.StartLine(_number, start.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture));
        builder.Append(words);
        _length += words.Length + 1;
    }

    private void EndParagraph()
    {
        if (_length >= 0)
        {
            builder.End();
            _length = -1;
        }
    }

    // 00:01:02,345 or 01:02.345
    private static TimeSpan Time(string text)
    {
        var parts = text.Split(':', '.', ',');
        var numbers = Array.ConvertAll(parts, part => int.Parse(part, CultureInfo.InvariantCulture));
        return numbers.Length == 4 ? new(0, numbers[0], numbers[1], numbers[2], numbers[3]) : new(0, 0, numbers[0], numbers[1], numbers[2]);
    }

    [GeneratedRegex(@"^\s*((?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3})\s*-->\s*((?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3})", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Timing();

    [GeneratedRegex(@"<v(?:\.[^\s>]*)?\s+([^<>]{1,80})>")]
    private static partial Regex Voice();

    [GeneratedRegex(@"<[^<>]*>|\{\\[^{}]*\}")]
    private static partial Regex Tag();
}
