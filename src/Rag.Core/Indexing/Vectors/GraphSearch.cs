namespace Rag.Indexing.Vectors;

/// <summary>Walks a graph towards a query. Not safe for concurrent use, but may be used again: it keeps its memory.</summary>
internal sealed class GraphSearch(VectorGraph graph, VectorTable vectors)
{
    private readonly ScoreHeap _frontier = new(worstOnTop: false);
    private readonly ScoreHeap _found = new(worstOnTop: true);
    private int[] _visited = [];
    private int _visit;

    /// <summary>How many vectors the last <see cref="Nearest"/> compared with the query.</summary>
    public int Compared { get; private set; }

    /// <summary>Where to begin in a layer: what going from better to better finds in the layers above it, from the entry and the top layer down.</summary>
    public (float Score, int Node) Descend(CodedQuery query, GraphEntry entry, int layer, int linked, int hidden = -1)
    {
        var best = (Score: vectors.Approximate(query, entry.Node), entry.Node);
        for (var level = entry.Level; level > layer; level--)
        {
            for (var improved = true; improved;)
            {
                improved = false;
                foreach (var node in graph.Links(best.Node, level))
                {
                    if (node < linked && node != hidden && vectors.Approximate(query, node) is var score && (score > best.Score || (score == best.Score && node < best.Node)))
                    {
                        best = (score, node);
                        improved = true;
                    }
                }
            }
        }

        return best;
    }

    /// <summary>The nearest vectors of a layer (the paper's algorithm 2), best first.</summary>
    /// <param name="query">What to be near to.</param>
    /// <param name="start">A vector of the layer with its score.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="linked">Vectors from here on are passed over: they were linked since the search began.</param>
    /// <param name="effort">How many to find before the walk ends, which it does when nothing better is in sight (the paper's ef).</param>
    /// <param name="sees">Which vectors may be found, or <see langword="null"/> for all; the others lead the way and are not counted.</param>
    /// <param name="budget">How many comparisons may be made.</param>
    /// <param name="hidden">A vector to pass over as if it were not there, or -1.</param>
    /// <returns>Those found, or <see langword="null"/> when the budget was spent before the end.</returns>
    public (float Score, int Node)[]? Nearest(CodedQuery query, (float Score, int Node) start, int layer, int linked, int effort, Func<int, bool>? sees, int budget, int hidden = -1)
    {
        Begin(linked);
        if (hidden >= 0)
        {
            Visit(hidden);
        }

        Visit(start.Node);
        _frontier.Push(start.Score, start.Node);
        Offer(start.Score, start.Node, effort, sees);
        while (_frontier.Count > 0)
        {
            var (score, node) = _frontier.Pop();
            if (_found.Count == effort && score < _found.Top.Score)
            {
                break;
            }

            foreach (var link in graph.Links(node, layer))
            {
                if (link >= linked || !Visit(link))
                {
                    continue;
                }

                Compared++;
                var near = vectors.Approximate(query, link);
                if (_found.Count < effort || near > _found.Top.Score)
                {
                    _frontier.Push(near, link);
                    Offer(near, link, effort, sees);
                }
            }

            if (Compared > budget)
            {
                return null;
            }
        }

        var nearest = new (float, int)[_found.Count];
        for (var i = nearest.Length - 1; i >= 0; i--)
        {
            nearest[i] = _found.Pop();
        }

        return nearest;
    }

    private void Begin(int linked)
    {
        _frontier.Clear();
        _found.Clear();
        Compared = 0;
        if (_visited.Length < linked || _visit == int.MaxValue)
        {
            _visited = new int[Math.Max(linked, _visited.Length)];
            _visit = 0;
        }

        _visit++;
    }

    private bool Visit(int node)
    {
        if (_visited[node] == _visit)
        {
            return false;
        }

        _visited[node] = _visit;
        return true;
    }

    private void Offer(float score, int node, int effort, Func<int, bool>? sees)
    {
        if (sees is not null && !sees(node))
        {
            return;
        }

        _found.Push(score, node);
        if (_found.Count > effort)
        {
            _found.Pop();
        }
    }
}
