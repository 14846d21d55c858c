using Rag.Analysis;

namespace Rag.Enrichment;

/// <summary>Chooses the sentences of a document that say most of what the others say, as they stand, with their places. No model. Safe for concurrent use.</summary>
/// <remarks>
/// Continuous LexRank (Erkan and Radev, "LexRank: Graph-based lexical centrality as salience in text summarization", JAIR 22, 2004): sentences are related by the cosine of their terms, weighted by tf and idf within the document,
/// where that is above 0.1, and ranked by the stationary distribution of a random walk that jumps with probability 0.15.
/// Unlike there, it jumps to the sentence in place <c>p</c> with a probability in proportion to <c>1/p</c> (as PositionRank does with words; Florescu and Caragea, ACL 2017): what stands first says more. A sentence half of which a chosen one says already is passed over.
/// Found are <c>summary</c>s in the order of the text. Of the prose the first 200 sentences of 5 to 60 words are looked at, so that time stays in bounds.
/// </remarks>
public sealed class SummaryEnricher : IDocumentEnricher
{
    private const int MaxSentences = 200;
    private const int FewestWords = 5;
    private const int MostWords = 60;
    private const double Related = 0.1;
    private const double Jump = 0.15;
    private const double Repeats = 0.5;
    private const int Rounds = 30; // 0.85^30 of the first guess is left: less than a hundredth

    private readonly int _top;

    /// <summary>So many sentences at most.</summary>
    /// <param name="top">1 to 10. Default 3.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is out of its range.</exception>
    public SummaryEnricher(int top = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, 10);
        _top = top;
    }

    /// <inheritdoc/>
    public string Name => $"lexrank-1 {_top}";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        var sentences = Sentences(document, cancellationToken);
        var similar = Similarities([.. sentences.Select(s => s.Terms)]);
        var ranks = Ranks(similar);
        var chosen = new List<int>();
        foreach (var i in Enumerable.Range(0, sentences.Count).OrderByDescending(i => ranks[i]).ThenBy(i => i))
        {
            if (chosen.Count < _top && !chosen.Exists(c => similar[i][c] > Repeats))
            {
                chosen.Add(i);
            }
        }

        return Task.FromResult<IReadOnlyList<DocumentFinding>>([.. chosen.Order().Select(i => new DocumentFinding("summary", sentences[i].Span.Of(document.Text), Name) { Spans = [sentences[i].Span] })]);
    }

    private static List<(TextSpan Span, List<string> Terms)> Sentences(Document document, CancellationToken cancellationToken)
    {
        var analyzer = Analyzers.For(document.Language ?? Analyzers.AssumedLanguage);
        var sentences = new List<(TextSpan, List<string>)>();
        foreach (var block in document.Blocks.Where(b => b.Kind == BlockKind.Paragraph))
        {
            foreach (var span in SentenceSegmenter.Split(document.Text, block.Span, document.Language))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var text = document.Text.AsSpan(span.Start, span.Length);
                var (last, terms) = (-1, new List<string>());
                if (text.TrimEnd("\"'”’»)]") is [.., '.' or '!' or '?' or '…' or '。' or '！' or '？'])
                {
                    analyzer.Analyze(text, (term, position, _) =>
                    {
                        last = position;
                        terms.Add(term.ToString());
                    });
                }

                if (terms.Count > 0 && last + 1 is >= FewestWords and <= MostWords)
                {
                    sentences.Add((span, terms));
                    if (sentences.Count == MaxSentences)
                    {
                        return sentences;
                    }
                }
            }
        }

        return sentences;
    }

    // cosines of vectors with a component for each term, tf times idf; of unit length, so that the product is the cosine
    private static double[][] Similarities(List<string>[] sentences)
    {
        var holding = new Dictionary<string, List<(int Sentence, double Weight)>>(StringComparer.Ordinal);
        foreach (var (i, terms) in sentences.Index())
        {
            foreach (var term in terms.CountBy(t => t, StringComparer.Ordinal))
            {
                (holding.TryGetValue(term.Key, out var list) ? list : holding[term.Key] = []).Add((i, term.Value));
            }
        }

        var similar = sentences.Select(_ => new double[sentences.Length]).ToArray();
        foreach (var list in holding.Values)
        {
            var idf = Math.Log((sentences.Length + 1.0) / list.Count);
            foreach (var (a, x) in list)
            {
                foreach (var (b, y) in list)
                {
                    similar[a][b] += x * y * idf * idf;
                }
            }
        }

        double[] lengths = [.. similar.Select((row, i) => Math.Sqrt(row[i]))];
        foreach (var (i, row) in similar.Index())
        {
            for (var j = 0; j < row.Length; j++)
            {
                row[j] /= lengths[i] * lengths[j];
            }
        }

        return similar;
    }

    private static double[] Ranks(double[][] similar)
    {
        var count = similar.Length;
        double[] sums = [.. similar.Select(row => row.Where(s => s > Related).Sum())]; // at least 1: a sentence is like itself
        double[] places = [.. Enumerable.Range(1, count).Select(place => 1.0 / place)];
        double[] jumps = [.. places.Select(place => place / places.Sum())];
        var ranks = jumps;
        for (var round = 0; round < Rounds; round++)
        {
            double[] next = [.. jumps.Select(jump => Jump * jump)];
            for (var i = 0; i < count; i++)
            {
                var share = (1 - Jump) * ranks[i] / sums[i];
                for (var j = 0; j < count; j++)
                {
                    next[j] += similar[i][j] > Related ? share * similar[i][j] : 0;
                }
            }

            ranks = next;
        }

        return ranks;
    }
}
