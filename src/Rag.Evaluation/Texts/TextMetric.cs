using Rag.Analysis;

namespace Rag.Evaluation.Texts;

/// <summary>A number that says how near a text is to a reference.</summary>
/// <param name="Name">Its name, as <c>rag eval text --metric</c> takes it.</param>
/// <param name="Of">The value of a text and its reference. Pure.</param>
/// <param name="Over">The value of all texts together.</param>
public sealed record TextMetric(string Name, Func<string, string, double> Of, Func<IReadOnlyList<string>, IReadOnlyList<string>, double> Over)
{
    /// <summary>All metrics: F of ROUGE-1, -2, -L and -L of summaries, exact match and F1 of answers, 0 to 1 and means over the texts; BLEU and chrF, 0 to 100.</summary>
    /// <param name="stem">Whether ROUGE compares stems.</param>
    public static IReadOnlyList<TextMetric> All(bool stem = false) =>
    [
        Mean("rouge1", (c, r) => Rouge.N(c, r, 1, stem).F),
        Mean("rouge2", (c, r) => Rouge.N(c, r, 2, stem).F),
        Mean("rougeL", (c, r) => Rouge.L(c, r, stem).F),
        Mean("rougeLsum", (c, r) => Rouge.LSum(Sentences(c), Sentences(r), stem).F),
        new("bleu", (c, r) => Bleu.Sentence(c, r), (c, r) => Bleu.Corpus(c, [.. r.Select(t => (string[])[t])])),
        new("chrf", ChrF.Sentence, ChrF.Corpus),
        Mean("em", SquadAnswer.ExactMatch),
        Mean("f1", SquadAnswer.F1),
    ];

    private static TextMetric Mean(string name, Func<string, string, double> of) => new(name, of, (c, r) => c.Zip(r, of).DefaultIfEmpty().Average());

    private static string[] Sentences(string text) => [.. SentenceSegmenter.Split(text, new(0, text.Length)).Select(s => s.Of(text))];
}
