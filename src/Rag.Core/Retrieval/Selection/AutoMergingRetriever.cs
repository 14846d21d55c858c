using Rag.Storage;

namespace Rag.Retrieval.Selection;

/// <summary>Gives a whole section in place of its passages where enough of them were found (parent and child retrieval). Safe for concurrent use where its parts are.</summary>
/// <remarks>
/// A section is a heading with all that stands under it, subsections included. Where two or more hits cover enough of its text they become one hit, the section, with id and score of
/// the best of them; small sections first, so that a merged one counts for the one around it. A hit whose document has changed since the search stays as it is.
/// As much is fetched as it takes to fill <c>top</c> results.
/// </remarks>
public sealed class AutoMergingRetriever : IRetriever
{
    /// <summary>Share of a section that has to be found where nothing else is said.</summary>
    public const double DefaultShare = 0.5;

    /// <summary>Longest section in UTF-16 code units where nothing else is said: some 1,000 tokens, so that several fit the budget of an answer.</summary>
    public const int DefaultMaxLength = 4_000;

    private readonly IRetriever _inner;
    private readonly IChunkStore _store;
    private readonly double _share;
    private readonly int _maxLength;

    /// <summary>Merges what another retriever finds.</summary>
    /// <param name="inner">Finds passages.</param>
    /// <param name="store">Holds their documents.</param>
    /// <param name="share">Share of a section's text that its hits have to cover, above 0 to 1. Default <see cref="DefaultShare"/>.</param>
    /// <param name="maxLength">Longest section that is given whole, in UTF-16 code units, at least 1. Default <see cref="DefaultMaxLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not above 0, or above 1; <paramref name="maxLength"/> is less than 1.</exception>
    public AutoMergingRetriever(IRetriever inner, IChunkStore store, double share = DefaultShare, int maxLength = DefaultMaxLength)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        (_inner, _store, _share, _maxLength) = (inner, store, share, maxLength);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) =>
        Candidates.ChooseAsync(_inner, query, top, candidates => MergeAsync(query, candidates, top, cancellationToken), cancellationToken);

    // What is found is the first results; where they merge, as many more come in as fill their places.
    private async Task<IReadOnlyList<ScoredChunk>> MergeAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, Document?>(StringComparer.Ordinal);
        for (var count = Math.Min(top, candidates.Count); ;)
        {
            var merged = new List<ScoredChunk>();
            foreach (var hits in candidates.Take(count).GroupBy(c => c.Chunk.DocumentId, StringComparer.Ordinal))
            {
                if (hits.Skip(1).Any() && !documents.ContainsKey(hits.Key))
                {
                    documents[hits.Key] = await _store.GetDocumentAsync(hits.Key, query.Tenant, cancellationToken);
                }

                var document = documents.GetValueOrDefault(hits.Key);
                merged.AddRange(document is not null && hits.All(h => WidenedChunk.IsOf(document, h.Chunk)) ? Merge(document, [.. hits]) : hits);
            }

            if (merged.Count >= top || count == candidates.Count)
            {
                return [.. merged.OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)];
            }

            count = Math.Min(candidates.Count, count + top - merged.Count);
        }
    }

    // Hits come best first.
    private List<ScoredChunk> Merge(Document document, List<ScoredChunk> hits)
    {
        foreach (var section in Sections(document).Where(s => s.Length <= _maxLength).OrderBy(s => s.Length).ThenBy(s => s))
        {
            var inside = hits.FindAll(h => section.Contains(h.Chunk.Span));
            if (inside.Count >= 2 && Covered(inside) >= _share * section.Length)
            {
                hits[hits.IndexOf(inside[0])] = WidenedChunk.Of(document, inside[0], section, Shared(inside.Select(h => h.Chunk.Context)));
                hits.RemoveAll(inside.Skip(1).Contains);
            }
        }

        return hits;
    }

    private static int Covered(IEnumerable<ScoredChunk> hits)
    {
        var (covered, end) = (0, 0);
        foreach (var span in hits.Select(h => h.Chunk.Span).Order())
        {
            covered += Math.Max(0, span.End - Math.Max(span.Start, end));
            end = Math.Max(end, span.End);
        }

        return covered;
    }

    private static IEnumerable<TextSpan> Sections(Document document)
    {
        var headings = document.Blocks.Where(b => b.Kind == BlockKind.Heading).ToArray();
        return headings.Select((heading, i) =>
        {
            var next = headings.Skip(i + 1).FirstOrDefault(h => h.Level <= heading.Level)?.Span.Start ?? document.Text.Length;
            return new TextSpan(heading.Span.Start, heading.Span.Start + document.Text.AsSpan(heading.Span.Start..next).TrimEnd().Length);
        });
    }

    // The part of the heading paths that all have.
    private static string Shared(IEnumerable<string> contexts)
    {
        const string separator = " > ";
        return contexts.Aggregate((a, b) => string.Join(separator, a.Split(separator).Zip(b.Split(separator)).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)));
    }
}
