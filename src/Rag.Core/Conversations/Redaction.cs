using System.Text;
using Rag.Analysis;

namespace Rag.Conversations;

/// <summary>Takes the words of a deleted document out of a session.</summary>
/// <remarks>
/// Its passages and quotes go, and each sentence that cites it or has a word that, of all that the turn was made from, only the document had. What a
/// model made of the whole conversation, the summaries and the questions as they were searched, cannot be taken apart by source: summaries go, and a
/// question with such a word is again what was asked. Questions as asked are the asker's own words and stay.
/// </remarks>
internal static class Redaction
{
    private const string Gone = "The source of this answer was deleted.";
    private const string PartlyGone = "A source of this turn was deleted, and what rested on it was taken out.";

    /// <summary>The session without the document; the same session where no turn was given a passage of it.</summary>
    public static ConversationSession Without(ConversationSession session, string documentId)
    {
        var words = Words(session.Turns.SelectMany(t => t.Answer.Passages).Where(p => p.Chunk.DocumentId == documentId).SelectMany(Texts));
        return session.Turns.Any(t => t.Answer.Passages.Any(p => p.Chunk.DocumentId == documentId))
            ? session with { Turns = [.. session.Turns.Select(t => Without(t, documentId, words) with { Summary = null })], Redactions = session.Redactions + 1 }
            : session;
    }

    private static Turn Without(Turn turn, string documentId, HashSet<string> words)
    {
        var answer = turn.Answer;
        var passages = answer.Passages.Where(p => p.Chunk.DocumentId != documentId).ToList();
        var others = Words([answer.Question, .. passages.SelectMany(Texts)]);
        bool IsLeft(string? text) => text is null || !Words([text]).Any(word => words.Contains(word) && !others.Contains(word));

        var gone = answer.Passages.Where(p => p.Chunk.DocumentId == documentId).Select(p => p.Number).ToHashSet();
        var left = answer.Sentences.Where(s => !s.Citations.Any(gone.Contains) && IsLeft(s.Span.Of(answer.Text)) && IsLeft(s.Problem)).ToList();
        var redacted = With(answer, left, gone) with { Passages = passages, Searched = IsLeft(answer.Searched) ? answer.Searched : answer.Question };
        redacted = IsLeft(redacted.Reason) ? redacted : redacted with { Reason = Gone };
        return gone.Count == 0 && left.Count == answer.Sentences.Count && redacted.Reason == answer.Reason
            ? turn with { Answer = answer with { Searched = redacted.Searched } }
            : turn with { Answer = redacted, Notice = redacted.Reason == Gone ? Gone : PartlyGone };
    }

    /// <summary>The answer of the sentences that are left, each where it comes to stand; an abstention where none of them has a source.</summary>
    private static Answer With(Answer answer, List<AnswerSentence> left, HashSet<int> gone)
    {
        if (!answer.Abstained && !left.Any(s => s.Supported))
        {
            return Answer.Unanswered(answer.Question, Gone) with { Text = Gone, Usage = answer.Usage, Timings = answer.Timings };
        }

        var (text, sentences, citations, conflicts) = (new StringBuilder(), new List<AnswerSentence>(), new List<Citation>(), new List<SourceConflict>());
        foreach (var (sentence, before) in answer.Sentences.Zip(answer.Sentences.Select(s => s.Span.End).Prepend(0)).Where(s => left.Contains(s.First)))
        {
            text.Append(text.Length == 0 ? "" : answer.Text[before..sentence.Span.Start]);
            var shift = text.Length - sentence.Span.Start;
            text.Append(sentence.Span.Of(answer.Text));
            var span = sentence.Span.Shift(shift);
            sentences.Add(sentence with { Span = span });
            citations.AddRange(answer.Citations.Where(c => sentence.Span.Contains(c.Mark)).Select(c => c with { Mark = c.Mark.Shift(shift) }));
            conflicts.AddRange(answer.Conflicts.Where(c => c.Sentence == sentence.Span && !gone.Contains(c.Number)).Select(c => c with { Sentence = span }));
        }

        return left.Count == answer.Sentences.Count
            ? answer with { Conflicts = conflicts }
            : answer with { Text = text.ToString(), Sentences = sentences, Citations = citations, Conflicts = conflicts, Confidence = null };
    }

    private static IEnumerable<string> Texts(Passage passage) => [passage.Chunk.Text, passage.Chunk.Title, passage.Chunk.Context];

    private static HashSet<string> Words(IEnumerable<string> texts)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            foreach (var word in WordSegmenter.Words(text))
            {
                words.Add(text[word.Start..word.End]);
            }
        }

        return words;
    }
}
