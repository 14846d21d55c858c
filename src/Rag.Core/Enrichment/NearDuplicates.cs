using Rag.Storage;

namespace Rag.Enrichment;

/// <summary>Says of stored documents which of them nearly duplicate another, from the signatures that <see cref="SignatureEnricher"/> left.</summary>
/// <remarks>
/// <para>
/// Documents are taken in the order of their ids: one that resembles an earlier original by at least <see cref="LeastResemblance"/> gets the finding <c>duplicate-of</c> with the id of the nearest one and the estimated
/// resemblance as its confidence; every other one is an original. So what is found depends on what is stored and not on when it came, every duplicate points to an original, and
/// <c>not duplicate-of</c> leaves one of each.
/// </para>
/// <para>
/// Compared are only documents of one tenant that exactly the same groups may see: whoever sees a duplicate may see the original it names, and nobody learns of another.
/// </para>
/// </remarks>
public static class NearDuplicates
{
    /// <summary>Estimated share of equal 5-word shingles from which on a document is a near-duplicate: about two changed words in every hundred are the limit.</summary>
    public const double LeastResemblance = 0.8;

    private const string DuplicateOf = "duplicate-of";
    private const string Method = "duplicates-1";

    /// <summary>Brings the findings of a tenant's documents in line with what is stored; a sync does so at its end, <c>DeleteWithEntriesAsync</c> too.</summary>
    /// <param name="store">The store; without signatures in it, nothing happens.</param>
    /// <param name="tenant">Whose documents. Default the empty string.</param>
    /// <param name="cancellationToken">Stops between two documents; the next call goes on.</param>
    /// <returns>How many documents got other findings.</returns>
    /// <exception cref="StoreException">The store cannot do it now.</exception>
    public static async Task<int> UpdateAsync(IChunkStore store, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tenant);
        var documents = await store.ListDocumentsAsync(tenant, cancellationToken);
        var (duplicates, changed) = (Among(documents, cancellationToken), 0);
        foreach (var document in documents)
        {
            var (before, now) = (document.Findings.FirstOrDefault(f => f.Name == DuplicateOf), duplicates.GetValueOrDefault(document.Id));
            if ((before?.Value, before?.Confidence) != (now?.Value, now?.Confidence))
            {
                IEnumerable<DocumentFinding> others = document.Findings.Where(f => f.Name != DuplicateOf);
                changed += await store.ReplaceFindingsAsync(document.Id, document.Version, [.. now is null ? others : others.Append(now)], tenant, cancellationToken) ? 1 : 0;
            }
        }

        return changed;
    }

    /// <summary>Whether any of the documents has a signature, so that others may be duplicates of it.</summary>
    public static bool AreTracked(IEnumerable<StoredDocument> documents) => documents.Any(d => SignatureEnricher.In(d.Findings) is not null);

    /// <summary>The finding of each document that is a near-duplicate, by its id.</summary>
    /// <param name="documents">In the order of their ids.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static Dictionary<string, DocumentFinding> Among(IReadOnlyList<StoredDocument> documents, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, DocumentFinding>(StringComparer.Ordinal);
        foreach (var sameGroups in documents.GroupBy(d => string.Concat(d.Groups.Distinct().Order(StringComparer.Ordinal).Select(g => $"{g.Length}:{g}")), StringComparer.Ordinal))
        {
            var (index, originals) = (new SignatureIndex(), new List<string>());
            foreach (var document in sameGroups)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (SignatureEnricher.In(document.Findings) is not { } signature)
                {
                    continue;
                }

                if (index.Nearest(signature, LeastResemblance) is var (number, resemblance))
                {
                    found[document.Id] = new(DuplicateOf, originals[number], Method) { Confidence = Math.Round(resemblance, 2) };
                }
                else
                {
                    index.Add(signature);
                    originals.Add(document.Id);
                }
            }
        }

        return found;
    }
}
