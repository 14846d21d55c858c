using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rag.Analysis;
using Rag.Ratings;

namespace Rag.Evaluation.Ratings;

/// <summary>Rated answers as a set of questions to measure with: CLAPNQ's layout, which <see cref="Answers.ClapnqFile"/> reads.</summary>
public static class RatedQuestions
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// One line for each question with its passages that has a liked answer: the sentences which its quotes cover are those to cite; where people only liked that it was left unanswered,
    /// there are none. Answers with an unsupported sentence are passed over, as nobody could say what to cite for them.
    /// </summary>
    /// <param name="answers">What people liked and disliked.</param>
    public static IEnumerable<string> Lines(JudgedAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return answers.Answers.Where(a => a.Liked && a.Supported).GroupBy(a => a.PromptText, StringComparer.Ordinal).Select(g => Line([.. g]));
    }

    private static string Line(IReadOnlyList<JudgedAnswer> liked)
    {
        var asked = liked[0].Asked;
        var sentences = asked.Passages.ToDictionary(p => p.Number, p => Sentences(p.Chunk));
        var answered = liked.Where(a => a.Text.Length > 0).ToList();
        IEnumerable<JsonObject> outputs = answered.Count == 0 ? [Output("", [])] : answered.Select(a => Output(a.Text, Selected(a, sentences)));
        return new JsonObject
        {
            ["id"] = liked[0].RatingId,
            ["input"] = asked.Searched,
            ["passages"] = new JsonArray([.. asked.Passages.Select(p => new JsonObject { ["title"] = p.Chunk.Title, ["sentences"] = Texts(sentences[p.Number].Select(s => s.Text)) })]),
            ["output"] = new JsonArray([.. outputs]),
        }.ToJsonString(Readable);
    }

    private static JsonObject Output(string answer, IEnumerable<string> selected) => new() { ["answer"] = answer, ["selected_sentences"] = Texts(selected) };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static List<(TextSpan Span, string Text)> Sentences(Chunk chunk) =>
        [.. SentenceSegmenter.Split(chunk.Text, new(0, chunk.Text.Length), chunk.Language).Select(s => (s.Shift(chunk.Span.Start), s.Of(chunk.Text)))];

    private static IEnumerable<string> Selected(JudgedAnswer answer, Dictionary<int, List<(TextSpan Span, string Text)>> sentences) =>
        answer.Citations.SelectMany(c => sentences[c.Number].Where(s => s.Span.Overlaps(c.Source))).Select(s => s.Text).Distinct(StringComparer.Ordinal);
}
