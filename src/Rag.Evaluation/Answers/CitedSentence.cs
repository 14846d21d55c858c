using Rag.Evaluation.Support;
using Rag.Evaluation.Texts;

namespace Rag.Evaluation.Answers;

/// <summary>A sentence of an answer with what it cites, compared word by word: the strictest test there is, which a quote passes and a paraphrase does not.</summary>
public sealed class CitedSentence
{
    private readonly HashSet<string> _words;

    internal CitedSentence(Answer answer, AnswerSentence sentence)
    {
        _words = Words(answer.StatementOf(sentence));
        Citations = [.. answer.Citations.Where(c => c.Mark.Start >= sentence.Span.Start && c.Mark.End <= sentence.Span.End)];
    }

    /// <summary>What it cites, in the order of its marks.</summary>
    public IReadOnlyList<Citation> Citations { get; }

    /// <summary>Whether no word of it is missing in what it cites.</summary>
    public bool IsSaid => Citations.Count > 0 && _words.IsSubsetOf(Citations.SelectMany(c => Words(c.Quote)));

    /// <summary>Whether the quote of one of its citations stands where it says and holds words of the sentence that no other holds, or all of its words.</summary>
    public bool IsNeeded(Citation citation)
    {
        ArgumentNullException.ThrowIfNull(citation);
        var quoted = Words(citation.Quote);
        var others = Citations.Where(c => c != citation).SelectMany(c => Words(c.Quote)).ToHashSet();
        return citation.Source.Shift(-citation.Chunk.Span.Start).Of(citation.Chunk.Text) == citation.Quote
            && (_words.IsSubsetOf(quoted) || _words.Any(w => quoted.Contains(w) && !others.Contains(w)));
    }

    private static HashSet<string> Words(string text) => [.. SquadAnswer.Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
