using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>Takes a passage apart into what an answer may quote.</summary>
/// <remarks>Relies on the form of <see cref="Document.Text"/>: blocks are separated by blank lines, list items and table rows by line breaks.</remarks>
internal static partial class UnitReader
{
    /// <summary>The units of a passage in reading order.</summary>
    public static IReadOnlyList<AnswerUnit> Read(Passage passage)
    {
        var units = new List<AnswerUnit>();
        var text = passage.Chunk.Text;
        foreach (Match block in Block().Matches(text))
        {
            units.AddRange(ReadBlock(passage, block));
        }

        return units;
    }

    /// <summary>Whether a piece of text ends as a statement does; a question states nothing.</summary>
    public static bool IsSentence(string text) => SentenceEnd().IsMatch(text);

    /// <summary>A list item without its bullet or number, which mean nothing away from the list.</summary>
    public static string WithoutMarker(string item) => ItemStart().Replace(item, "");

    private static IEnumerable<AnswerUnit> ReadBlock(Passage passage, Match block)
    {
        var span = new TextSpan(block.Index, block.Index + block.Length);
        var lines = Line().Matches(block.Value).Select(l => new TextSpan(l.Index, l.Index + l.Length).Shift(block.Index)).ToList();
        if (block.Value.StartsWith('|'))
        {
            var header = lines.FindIndex(line => TableRule().IsMatch(line.Of(passage.Chunk.Text)));
            return lines.Select((line, i) => Unit(passage, line, i <= header ? UnitKind.Fragment : UnitKind.Row));
        }

        if (ItemStart().IsMatch(block.Value))
        {
            return lines.Select(line => Unit(passage, line, UnitKind.Item));
        }

        var code = lines.Count(line => CodeLine().IsMatch(line.Of(passage.Chunk.Text)));
        var verbatim = lines.Count > 1 && !lines.Any(line => IsSentence(line.Of(passage.Chunk.Text)));
        return verbatim || 3 * code >= lines.Count
            ? [Unit(passage, span, UnitKind.Code)]
            : SentenceSegmenter.Split(passage.Chunk.Text, span, passage.Chunk.Language)
                .Select(s => Unit(passage, s, IsSentence(s.Of(passage.Chunk.Text)) ? UnitKind.Sentence : UnitKind.Fragment));
    }

    private static AnswerUnit Unit(Passage passage, TextSpan span, UnitKind kind) => new(passage, span, kind, span.Of(passage.Chunk.Text));

    [GeneratedRegex(@"\S(?:.*\S)?(?:[ \t]*\r?\n[ \t]*\S(?:.*\S)?)*")]
    private static partial Regex Block();

    [GeneratedRegex(@"\S(?:.*\S)?")]
    private static partial Regex Line();

    [GeneratedRegex(@"^\|[\s:|-]+\|?$")]
    private static partial Regex TableRule();

    [GeneratedRegex(@"^(?:[-*+•◦▪–]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")]
    private static partial Regex ItemStart();

    [GeneratedRegex(@"[;{}]$|^[{})\]]|^(?://|#!|\$ |> |<[\w/!?])|\w\(.*\)[;,]?$|^(?:dotnet|git|npm|cd|docker|sudo|curl|pip|SELECT|INSERT|UPDATE|CREATE|ALTER|DELETE|FROM|WHERE|JOIN) [\w*.\[-]|=> | --[a-z]|^\.\w+\(|^(?:using|namespace|public|private|internal|var|let|const|def|class|import|return) .*[^.:]$|^""[\w-]+"": ")]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"[.!:;…。！।]['""”’»)\[\]\d\s]*$")]
    private static partial Regex SentenceEnd();
}
