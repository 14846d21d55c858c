namespace Rag.Indexing.Vectors;

/// <summary>One search: by way of the graph where that is known to find enough and costs less, else by the signs of all vectors where that is known to, else by comparing with every visible vector.</summary>
internal sealed class VectorSearch(VectorCollection collection, VisibleVectors visible, CancellationToken cancellationToken)
{
    public IReadOnlyList<VectorHit> Run(CodedQuery query, int top)
    {
        var best = new TopChunks(top);
        if (query.IsZero || !TryWalk(query, top, best))
        {
            CompareFrom(0, query, top, best);
        }

        return [.. best.Ordered().Select(c => new VectorHit(c.Document, c.Chunk, c.Score))];
    }

    // Whether the graph gave the result. It does not where little is visible, or where what is visible turns out to lie far from the query: then the walk ends
    // as soon as it has cost as much as comparing all.
    private bool TryWalk(CodedQuery query, int top, TopChunks best)
    {
        var entry = collection.Graph.Entry;
        var linked = collection.Graph.Linked; // after the entry, so that it is one of them
        var budget = visible.Count / SearchEffort.CostOfJump;

        // Where one in ten may be seen, ten times as many are compared to find as many.
        if (entry is null || collection.Effort is not { } effort || !effort.Holds(top) || effort.Compared(top) * linked / Math.Max(1, visible.Count) > budget)
        {
            return false;
        }

        var search = collection.Searches.TryTake(out var idle) ? idle : new(collection.Graph, collection.Vectors);
        Func<int, bool>? sees = visible.Seen is null && linked <= collection.FirstNode(visible.Documents) ? null : node => visible.Sees(collection.Vectors.Document(node));
        var near = search.Nearest(query, search.Descend(query, entry, 0, linked), 0, linked, effort.For(top), sees, budget);
        collection.Searches.Add(search);
        cancellationToken.ThrowIfCancellationRequested();
        if (near is null || near.Length < top)
        {
            return false;
        }

        foreach (var (_, node) in near)
        {
            Offer(query, collection.Vectors.Document(node), node, best);
        }

        CompareFrom(linked, query, top, best); // what is not linked yet
        return true;
    }

    private void CompareFrom(int from, CodedQuery query, int top, TopChunks best)
    {
        var end = collection.FirstNode(visible.Documents);

        // How many of the nearest by their signs are enough was measured without a filter; a filter may show only what is far, and far ones differ little in their signs.
        if (query.IsZero || visible.IsFiltered || collection.BinaryEffort is not { } effort || effort.IsStale(collection.Vectors.Count) || !effort.Holds(top)
            || SearchEffort.CostOfSigns(end - from, effort.For(top)) * SearchEffort.CostOfJump > end - from)
        {
            Scan(query, from, best);
            return;
        }

        var nearest = collection.Vectors.NearestBySigns(query, from, end, effort.For(top), visible.Seen is null ? null : node => visible.Sees(collection.Vectors.Document(node)));
        cancellationToken.ThrowIfCancellationRequested();
        while (nearest.Count > 0)
        {
            var (_, node) = nearest.Pop();
            Offer(query, collection.Vectors.Document(node), node, best);
        }
    }

    private void Scan(CodedQuery query, int from, TopChunks best)
    {
        var end = collection.FirstNode(visible.Documents);
        for (var document = from < end ? collection.Vectors.Document(from) : visible.Documents; document < visible.Documents; document++)
        {
            if (!visible.Sees(document))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            end = collection.FirstNode(document + 1);
            for (var node = Math.Max(from, collection.FirstNode(document)); node < end; node++)
            {
                Offer(query, document, node, best);
            }
        }
    }

    private void Offer(CodedQuery query, int document, int node, TopChunks best)
    {
        var score = collection.Vectors.Score(query, node, best.Threshold);
        if (score >= best.Threshold)
        {
            best.Offer(new(score, collection.Id(document).AsMemory(), collection.Key(document), node - collection.FirstNode(document)));
        }
    }
}
