namespace Rag.Storage.Records;

/// <summary>A chunk that was found, not yet read.</summary>
internal sealed record FoundChunk(StoredHead Head, int Index, double Score)
{
    public string Id { get; } = FormattableString.Invariant($"{Head.Id}#{Index}");

    public IReadOnlyList<TermScore> Terms { get; init; } = [];
}

/// <summary>Searches by vector among the documents that a query may see, and reads what was found.</summary>
/// <remarks>
/// Which documents those are is decided here, over the list of all: the service is asked either for the nearest of all vectors, of which the hidden ones are dropped, or, where much is hidden, for
/// the nearest of the visible writes. A cosine depends on no other vector, so nothing hidden has a part in a score.
/// </remarks>
internal sealed class RecordSearch(IRecords records)
{
    // Versions of documents named in one request.
    private const int MaxGroups = 500;

    // Where less than this share of the documents may be seen, more of the answers would be dropped than kept.
    private const double MinShare = 0.25;

    /// <summary>The nearest chunks, best first; ties by chunk id.</summary>
    public async Task<IReadOnlyList<FoundChunk>> NearestAsync(ReadOnlyMemory<float> vector, Query query, Catalog catalog, int top, CancellationToken cancellationToken)
    {
        StoredHead[] all = [.. catalog.Heads.Values.Where(h => h.Size == vector.Length)];
        StoredHead[] visible = [.. all.Where(h => Catalog.Sees(query, h))];
        if (vector.Span.IndexOfAnyExcept(0f) < 0)
        {
            return Best(visible.SelectMany(h => Enumerable.Range(0, h.Chunks).Select(i => new FoundChunk(h, i, 0))), top);
        }

        var scope = RecordId.ScopeOf(query.Tenant);
        var found = visible.Length > 0 && visible.Length >= MinShare * all.Length
            ? await WithTiesAsync(scope, vector, visible, everywhere: true, top, cancellationToken)
            : null;
        if (found is null)
        {
            found = [];
            foreach (var batch in visible.Chunk(MaxGroups))
            {
                found.AddRange((await WithTiesAsync(scope, vector, batch, everywhere: false, top, cancellationToken))!);
            }
        }

        return Best(found.Concat(visible.SelectMany(h => h.Zeros.Select(i => new FoundChunk(h, i, 0)))), top);
    }

    /// <summary>The chunks with their scores; <see langword="null"/> where some are gone.</summary>
    public async Task<IReadOnlyList<ScoredChunk>?> ReadAsync(string tenant, IReadOnlyList<FoundChunk> found, CancellationToken cancellationToken)
    {
        var packs = found.Select(f => (f.Head, Pack: f.Head.PackStarts!.At(f.Index))).Distinct().ToDictionary(p => RecordId.Pack(p.Head.Write, p.Pack), StringComparer.Ordinal);
        var chunks = (await records.ReadAsync(RecordId.ScopeOf(tenant), [.. packs.Keys], 0, cancellationToken))
            .SelectMany(r => packs[r.Id] is var (head, pack) ? StoredContents.Chunks(head, r.Body, head.PackStarts!.Starts[pack]) : [])
            .ToDictionary(c => c.Id, StringComparer.Ordinal);
        return found.All(f => chunks.ContainsKey(f.Id)) ? [.. found.Select(f => new ScoredChunk(chunks[f.Id], f.Score) { Terms = f.Terms })] : null;
    }

    private static IReadOnlyList<FoundChunk> Best(IEnumerable<FoundChunk> found, int top) =>
        [.. found.OrderByDescending(f => f.Score).ThenBy(f => f.Id, StringComparer.Ordinal).Take(top)];

    /// <summary>The best visible chunks and every other that scores as the last of them, since the service leaves open which of those it gives; <see langword="null"/> where hidden ones left no room for them.</summary>
    private async Task<List<FoundChunk>?> WithTiesAsync(string scope, ReadOnlyMemory<float> vector, IReadOnlyList<StoredHead> visible, bool everywhere, int top, CancellationToken cancellationToken)
    {
        var byWrite = visible.ToDictionary(h => h.Write, StringComparer.Ordinal);
        string[]? groups = everywhere ? null : [.. byWrite.Keys];
        for (var limit = Math.Min(top + 1, records.MaxNearest); ; limit = Math.Min(2 * limit, records.MaxNearest))
        {
            var near = await records.NearestAsync(scope, vector, groups, limit, cancellationToken);
            List<FoundChunk> seen = [.. near.Where(n => byWrite.ContainsKey(RecordId.GroupOf(n.Id))).Select(n => new FoundChunk(byWrite[RecordId.GroupOf(n.Id)], RecordId.ChunkOf(n.Id), n.Score))];
            if (near.Count < limit || (seen.Count >= top && near[^1].Score < seen[top - 1].Score))
            {
                return seen;
            }

            if (limit == records.MaxNearest)
            {
                return everywhere && seen.Count < top ? null : seen;
            }
        }
    }
}
