using System.Text;
using Rag.Citations;
using Rag.Evaluation.Texts;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Evaluation.Answers;

/// <summary>Answers to CLAPNQ's questions from their own passages, and whether they rest on the sentences that people chose. Means over the answerable questions, 0 to 1; silence counts 0.</summary>
/// <param name="Questions">Questions asked.</param>
/// <param name="CitationRecall">Share of the sentences of all answers that what they cite says in full: no word of theirs is missing there (Gao et al., "Enabling large language models to generate text with citations", EMNLP 2023, with this literal test in place of a model's).</param>
/// <param name="CitationPrecision">Share of the citations of all answers whose quote stands where it says and holds words of the sentence that no other citation of that sentence holds, or all of its words.</param>
/// <param name="SentencePrecision">Share of the cited sentences that a person chose: of each question the person with the best <paramref name="SentenceF1"/>.</param>
/// <param name="SentenceRecall">Share of that person's sentences that are cited.</param>
/// <param name="SentenceF1">Harmonic mean of the two, of each question.</param>
/// <param name="Abstention">How well silence falls on the questions without an answer.</param>
public sealed record GroundingEvaluation(int Questions, double CitationRecall, double CitationPrecision, double SentencePrecision, double SentenceRecall, double SentenceF1, Abstention Abstention)
{
    /// <summary>Asks every question, one after the other.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="pipeline">What answers, over a retriever of a question's passages.</param>
    /// <param name="clock">Measures the times.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<GroundingEvaluation> OfAsync(IReadOnlyList<ClapnqQuestion> questions, Func<IRetriever, RagPipeline> pipeline, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(clock);
        List<JudgedSilence> silences = [];
        List<(double Precision, double Recall, double F1)> chosen = [];
        List<bool> sentences = [], citations = [];
        foreach (var question in questions)
        {
            PlacedPassage[] passages = [.. question.Passages.Select((p, i) => PlacedPassage.Of($"{question.Id}.{i}", p))];
            var answer = await pipeline(await ReadingEvaluation.RetrieverAsync(passages.Select(p => p.Document), clock, cancellationToken)).AskAsync(question.Text, cancellationToken);
            silences.Add(JudgedSilence.Of(question.Selections.Count > 0, answer));
            var supports = answer.Sentences.Select(s => new CitedSentence(answer, s)).ToList();
            sentences.AddRange(supports.Select(s => s.IsSaid));
            citations.AddRange(supports.SelectMany(s => s.Citations.Select(s.IsNeeded)));
            if (question.Selections.Count > 0)
            {
                HashSet<string> cited = [.. passages.SelectMany(p => p.Cited(answer.Citations))];
                chosen.Add(question.Selections.Select(selection => Compare(cited, [.. selection])).MaxBy(c => c.F1));
            }
        }

        return new(questions.Count, Share(sentences), Share(citations), Mean(chosen, c => c.Precision), Mean(chosen, c => c.Recall), Mean(chosen, c => c.F1), Abstention.Of(silences));
    }

    private static (double Precision, double Recall, double F1) Compare(HashSet<string> cited, HashSet<string> selected)
    {
        var common = (double)cited.Intersect(selected).Count();
        return common == 0 ? default : (common / cited.Count, common / selected.Count, 2 * common / (cited.Count + selected.Count));
    }

    private static double Share(List<bool> values) => Mean(values, v => v ? 1 : 0);

    private static double Mean<T>(List<T> values, Func<T, double> of) => values.Select(of).DefaultIfEmpty(0).Average();

    /// <summary>A passage as a document, its sentences joined with blanks.</summary>
    private sealed record PlacedPassage(Document Document, IReadOnlyList<(TextSpan Span, string Text)> Sentences)
    {
        public static PlacedPassage Of(string id, ClapnqPassage passage)
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

    /// <summary>A sentence of an answer with what it cites.</summary>
    private sealed class CitedSentence(Answer answer, AnswerSentence sentence)
    {
        private readonly HashSet<string> _words = Words(CitationMark.Remove(sentence.Span.Of(answer.Text)));

        public IReadOnlyList<Citation> Citations { get; } = [.. answer.Citations.Where(c => c.Mark.Start >= sentence.Span.Start && c.Mark.End <= sentence.Span.End)];

        public bool IsSaid => Citations.Count > 0 && _words.IsSubsetOf(Citations.SelectMany(c => Words(c.Quote)));

        public bool IsNeeded(Citation citation)
        {
            var quoted = Words(citation.Quote);
            var others = Citations.Where(c => c != citation).SelectMany(c => Words(c.Quote)).ToHashSet();
            return citation.Source.Shift(-citation.Chunk.Span.Start).Of(citation.Chunk.Text) == citation.Quote
                && (_words.IsSubsetOf(quoted) || _words.Any(w => quoted.Contains(w) && !others.Contains(w)));
        }

        private static HashSet<string> Words(string text) => [.. SquadAnswer.Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
