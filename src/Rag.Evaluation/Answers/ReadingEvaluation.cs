using System.Diagnostics;
using Rag.Analysis;
using Rag.Citations;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Results;
using Rag.Evaluation.Texts;
using Rag.Generation;
using Rag.Indexing;
using Rag.Retrieval;

namespace Rag.Evaluation.Answers;

/// <summary>Among which paragraphs an answer is looked for.</summary>
public enum ReadingScope
{
    /// <summary>The one that the question was asked about.</summary>
    Paragraph,

    /// <summary>Those of its article.</summary>
    Article,

    /// <summary>All of the file.</summary>
    Corpus,
}

/// <summary>Answers to questions in SQuAD's layout, and what they are worth.</summary>
/// <param name="Answers">The answers in the order of the questions.</param>
public sealed record ReadingEvaluation(IReadOnlyList<ReadAnswer> Answers)
{
    /// <summary>Mean of <see cref="SquadAnswer.ExactMatch"/> over all questions: of each the best right answer; where there is none, only silence is right. 0 to 1.</summary>
    public double ExactMatch => Mean(SquadAnswer.ExactMatch);

    /// <summary>The same of <see cref="SquadAnswer.F1"/>.</summary>
    public double F1 => Mean(SquadAnswer.F1);

    /// <summary>Share of the answerable questions whose first quote holds a right answer, by <see cref="SquadAnswer.Holds"/>; 0 where none is answerable.</summary>
    public double CitedSentenceAccuracy => Answers.Where(a => a.Question.Answers.Count > 0).Select(a => a.IsRight ? 1.0 : 0).DefaultIfEmpty(0).Average();

    /// <summary>How well silence falls on the questions without an answer.</summary>
    public Abstention Abstention => Abstention.Of([.. Answers.Select(a => JudgedSilence.Of(a.Question.Answers.Count > 0, a.Answer))]);

    /// <summary>Whether the answers given are right as often as they claim.</summary>
    public Calibration Calibration => Calibration.Of(Answers.Where(a => !a.Answer.Abstained).Select(a => (JudgedSilence.Of(true, a.Answer).Confidence, a.IsRight)));

    /// <summary>Asks every question of a file, one after the other.</summary>
    /// <param name="articles">The file.</param>
    /// <param name="scope">Among which paragraphs answers are looked for.</param>
    /// <param name="pipeline">What answers, over a retriever of the paragraphs.</param>
    /// <param name="limit">Most questions to ask, the first ones of the file; the paragraphs are those of the whole file.</param>
    /// <param name="clock">Measures the times.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<ReadingEvaluation> OfAsync(IReadOnlyList<SquadArticle> articles, ReadingScope scope, Func<IRetriever, RagPipeline> pipeline, int limit, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(articles);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(clock);
        var paragraphs = articles.Index().SelectMany(a => a.Item.Paragraphs.Index().Select(p => new Placed(a.Index, Stored($"{a.Index}.{p.Index}", a.Item.Title, p.Item.Text), p.Item.Questions)));
        var groups = paragraphs.GroupBy(p => scope switch
        {
            ReadingScope.Paragraph => p.Document.Id,
            ReadingScope.Article => $"{p.Article}",
            ReadingScope.Corpus => "",
            _ => throw new UnreachableException(),
        });
        List<ReadAnswer> answers = [];
        foreach (var group in groups)
        {
            if (answers.Count == limit)
            {
                break;
            }

            var documents = group.ToDictionary(p => p.Document.Id, p => p.Document, StringComparer.Ordinal);
            var asked = pipeline(await RetrieverAsync(documents.Values, clock, cancellationToken));
            foreach (var question in group.SelectMany(p => p.Questions).Take(limit - answers.Count))
            {
                var start = clock.GetTimestamp();
                var answer = await asked.AskAsync(question.Text, cancellationToken);
                answers.Add(new(question, answer, clock.GetElapsedTime(start), answer.Citations.Count(c => Stands(c, documents))));
            }
        }

        return new(answers);
    }

    /// <summary>The run, to be kept and compared: exact match and F1 of every question, of the answerable ones also whether the first quote holds a right answer.</summary>
    /// <param name="collection">What was asked, such as the name of the file.</param>
    /// <param name="name">What answered.</param>
    public RunResult ToRun(string collection, string name) => new(collection, name, [.. Answers.OrderBy(a => a.Question.Id, StringComparer.Ordinal).Select(Kept)]);

    /// <summary>The time that a share of the questions did not exceed, by nearest rank; zero where there were none.</summary>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public TimeSpan TimeAt(double share) =>
        Answers.Count == 0 ? TimeSpan.Zero : Answers.Select(a => a.Time).Order().ElementAt(Math.Clamp((int)Math.Ceiling(share * Answers.Count) - 1, 0, Answers.Count - 1));

    internal static Document Stored(string id, string title, string text) => new(id, title, text, []) { Language = LanguageDetector.Detect(text) };

    internal static async Task<IRetriever> RetrieverAsync(IEnumerable<Document> documents, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = new CollectionStore(KeywordModel.Default);
        await new CollectionLoader(store, clock).LoadAsync(documents.ToAsyncEnumerable(), cancellationToken);
        return new DefaultRetriever(store);
    }

    private static bool Stands(Citation citation, Dictionary<string, Document> documents) =>
        documents.TryGetValue(citation.Chunk.DocumentId, out var document)
        && citation.Source.Start >= 0 && citation.Source.End <= document.Text.Length
        && citation.Quote.Length > 0 && citation.Source.Of(document.Text) == citation.Quote;

    private static QueryResult Kept(ReadAnswer a) => QueryResult.Of(
        a.Question.Id,
        a.Question.Text,
        ("citedSentenceAccuracy", a.Question.Answers.Count == 0 ? null : a.IsRight ? 1 : 0),
        ("exactMatch", a.Best(SquadAnswer.ExactMatch)),
        ("f1", a.Best(SquadAnswer.F1))) with
    {
        Confidence = JudgedSilence.Of(a.Question.Answers.Count > 0, a.Answer).Confidence,
        IsRight = a.Answer.Abstained ? null : a.IsRight,
    };

    private double Mean(Func<string, string, double> measure) => Answers.Select(a => a.Best(measure)).DefaultIfEmpty(0).Average();

    private sealed record Placed(int Article, Document Document, IReadOnlyList<SquadQuestion> Questions);
}

/// <summary>A question, its answer, and how that came.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Time">From asking to the checked answer.</param>
/// <param name="ValidCitations">Citations whose quote stands, letter by letter, where they say.</param>
public sealed record ReadAnswer(SquadQuestion Question, Answer Answer, TimeSpan Time, int ValidCitations)
{
    /// <summary>The answer without its marks; empty where there is none.</summary>
    public string Said => Answer.Abstained ? "" : CitationMark.Remove(Answer.Text);

    /// <summary>The best value of a measure of what was said and a right answer; where there is none, only silence is right.</summary>
    internal double Best(Func<string, string, double> measure) => Question.Answers.DefaultIfEmpty("").Max(gold => measure(Said, gold));

    /// <summary>Whether the first quote holds a right answer.</summary>
    public bool IsRight => Answer.Citations is [var first, ..] && Question.Answers.Any(gold => SquadAnswer.Holds(first.Quote, gold));
}
