using System.Text;

namespace Rag.Evaluation.Answers;

/// <summary>A passage as a document, its sentences joined with blanks.</summary>
internal sealed record PlacedPassage(Document Document, IReadOnlyList<(TextSpan Span, string Text)> Sentences)
{
    /// <summary>The passages of a question.</summary>
    public static IReadOnlyList<PlacedPassage> Of(ClapnqQuestion question) => [.. question.Passages.Select((p, i) => Of($"{question.Id}.{i}", p))];

    private static PlacedPassage Of(string id, ClapnqPassage passage)
    {
        List<(TextSpan, string)> sentences = [];
        var text = new StringBuilder();
        foreach (var sentence in passage.Sentences)
        {
            text.Append(text.Length == 0 ? "" : " ");
            sentences.Add((new(text.Length, text.Length + sentence.Length), sentence));
            text.Append(sentence);
        }

        return new(ReadingEvaluation.Stored(id, passage.Title, text.ToString()), sentences);
    }

    /// <summary>The sentences of which quotes hold at least half.</summary>
    public IEnumerable<string> Cited(IEnumerable<Citation> citations)
    {
        var quotes = citations.Where(c => c.Chunk.DocumentId == Document.Id).Select(c => c.Source).Distinct().ToList();
        return Sentences.Where(s => quotes.Any(q => 2 * (Math.Min(q.End, s.Span.End) - Math.Max(q.Start, s.Span.Start)) >= s.Span.Length)).Select(s => s.Text);
    }
}
