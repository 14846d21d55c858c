using Rag.Analysis;
using Rag.Indexing;
using Rag.Qdrant.Api;

namespace Rag.Qdrant;

/// <summary>Words as sparse vectors: a term is a number, a chunk's weight is BM25's part of the term's frequency, and the server multiplies by the idf.</summary>
/// <remarks>
/// The weight is <c>tf / (tf + k1 * (1 - b + b * length / average))</c> with k1 1.2 and b 0.75 (Robertson and Zaragoza, 2009). The average length is a constant:
/// a stored weight cannot follow the average of what a later query may see, and a constant lets nothing of other documents shine through.
/// </remarks>
internal static class SparseWords
{
    /// <summary>Terms of an average chunk, by assumption (docs/decisions/0011).</summary>
    private const float AverageLength = 100;

    private static readonly KeywordModel Model = KeywordModel.Bm25;

    // Of no language: how texts are analysed whose language has no rules of its own.
    private static readonly string?[] Languages = [.. StopWords.Languages, "und"];

    /// <summary>A chunk's words with those of its title and context, and how many terms they are.</summary>
    public static (SparseVector Words, int Length) Of(Chunk chunk)
    {
        var (counts, length) = (new SortedDictionary<uint, int>(), 0);
        void Receive(ReadOnlySpan<char> term, int position, TextSpan span)
        {
            var id = Id(term);
            counts[id] = counts.GetValueOrDefault(id) + 1;
            length++;
        }

        var analyzer = Model.AnalyzerFor(chunk.Language);
        analyzer.Analyze(chunk.Title, Receive);
        analyzer.Analyze(chunk.Context, Receive);
        analyzer.Analyze(chunk.Text, Receive);
        return (new([.. counts.Keys], [.. counts.Values.Select(tf => tf / (tf + Norm(length)))]), length);
    }

    /// <summary>A question's terms in every language that has rules, each with how often it stands there.</summary>
    public static IReadOnlyList<(string Term, uint Id, float Weight)> Terms(string text) =>
        [.. QueryTerms.Of(text, Languages, Model).Select(t => (Term: t.Key, Id: Id(t.Key), Weight: t.Value)).DistinctBy(t => t.Id).OrderBy(t => t.Id)];

    public static SparseVector Vector(IReadOnlyList<(string Term, uint Id, float Weight)> terms) => new([.. terms.Select(t => t.Id)], [.. terms.Select(t => t.Weight)]);

    /// <summary>How often a term stands in a chunk, from its stored weight.</summary>
    public static int Occurrences(float weight, int length) => (int)Math.Round(weight * Norm(length) / (1 - weight));

    /// <summary>The term's number: 32-bit FNV-1a of its UTF-8. Of a million terms about one in 4,000 shares its number with another; the two then count as one word.</summary>
    private static uint Id(ReadOnlySpan<char> term)
    {
        var hash = 2166136261u;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in term.EnumerateRunes())
        {
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                hash = (hash ^ b) * 16777619u;
            }
        }

        return hash;
    }

    private static float Norm(int length) => Model.K1 * (1 - Model.B + (Model.B * length / AverageLength));
}
