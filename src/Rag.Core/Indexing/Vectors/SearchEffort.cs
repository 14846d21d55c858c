using System.Collections.Concurrent;

namespace Rag.Indexing.Vectors;

/// <summary>How much a search of the graph, or by signs, must look at to find what it should, measured on a sample of the vectors themselves.</summary>
/// <param name="Vectors">How many vectors were looked through when it was measured.</param>
/// <param name="Steps">Measured for each of <see cref="Tops"/>, in that order, up to the first for which no effort was enough that costs less than comparing all.</param>
internal sealed record SearchEffort(int Vectors, IReadOnlyList<EffortStep> Steps)
{
    /// <summary>The lengths of results for which it is measured.</summary>
    public static IReadOnlyList<int> Tops { get; } = [10, 100];

    /// <summary>What comparing a vector in the graph costs, where each lies elsewhere, beside one in a row; measured by <c>Rag.Quality -- vectors</c>.</summary>
    public const int CostOfJump = 5;

    // What comparing the signs of so many vectors in a row costs beside comparing one elsewhere: seven or eight times less than by their codes of a byte a number.
    private const int SignsPerJump = 40;

    // Sampled vectors. With a recall of 0.99 a query misses one in ten in a tenth of the cases: a standard error of about 0.2 % over these.
    private const int Samples = 200;

    private static readonly double[] Factors = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

    /// <summary>Whether a search of the graph finds enough for a result of a length, and for less than comparing all.</summary>
    public bool Holds(int top) => Steps.Count == Tops.Count || (Steps.Count > 0 && top <= Steps[^1].Top);

    /// <summary>How many near vectors to walk the graph with for a result of a length: as measured, in between in proportion, beyond in the ratio of the longest.</summary>
    public int For(int top)
    {
        var (low, high) = (Steps[0], Steps[^1]);
        return top <= low.Top ? low.Effort
            : top >= high.Top ? (int)Math.Min(int.MaxValue, (double)top * high.Effort / high.Top)
            : low.Effort + ((top - low.Top) * (high.Effort - low.Effort) / (high.Top - low.Top));
    }

    /// <summary>About how many comparisons that takes.</summary>
    public double Compared(int top) => Steps[0].Compared * For(top) / Steps[0].Effort;

    /// <summary>What finding the nearest by their signs and comparing them again costs, in comparisons of vectors that each lie elsewhere.</summary>
    public static double CostOfSigns(int vectors, int comparedAgain) => comparedAgain + ((double)vectors / SignsPerJump);

    /// <summary>Whether there are so many more or fewer vectors now that it is to be measured again.</summary>
    public bool IsStale(int vectors) => vectors > Vectors * 1.5 || vectors < Vectors * 0.8;

    /// <summary>What is still known once some vectors are gone: all of it, unless they were more than one in twenty.</summary>
    public SearchEffort? After(int linked) => linked >= Vectors * 0.95 ? this : null;

    /// <summary>How many near vectors to walk a graph with.</summary>
    /// <param name="recall">Share of the true nearest that must be found, 0 to 1.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="vectors">Its vectors.</param>
    /// <param name="sees">Which of them may be found.</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static SearchEffort Measure(double recall, VectorGraph graph, VectorTable vectors, Func<int, bool> sees, int threads, CancellationToken cancellationToken)
    {
        var entry = graph.Entry!;
        var linked = graph.Linked;
        var searches = new ConcurrentBag<GraphSearch>();
        return Measure(recall, vectors, linked, sees, but: entry.Node, threads, (query, self, effort) =>
        {
            // As if it were not in the graph: its links lead straight to its neighbours, which a question's do not.
            var search = searches.TryTake(out var idle) ? idle : new(graph, vectors);
            var nearest = search.Nearest(query, search.Descend(query, entry, 0, linked, self), 0, linked, effort, sees, int.MaxValue, self)!;
            var compared = search.Compared;
            searches.Add(search);
            return (nearest.Select(n => n.Node), compared);
        }, cancellationToken);
    }

    /// <summary>How many of the nearest by their signs to compare again.</summary>
    /// <param name="recall">Share of the true nearest that must be found, 0 to 1.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="sees">Which of them may be found.</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static SearchEffort MeasureBinary(double recall, VectorTable vectors, Func<int, bool> sees, int threads, CancellationToken cancellationToken)
    {
        var count = vectors.Count;
        return Measure(recall, vectors, count, sees, but: -1, threads, (query, self, effort) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var nearest = vectors.NearestBySigns(query, 0, count, effort, node => node != self && sees(node));
            return (Enumerable.Range(0, nearest.Count).Select(_ => nearest.Pop().Node), CostOfSigns(count, effort));
        }, cancellationToken);
    }

    // Raises the effort until the target holds by more than its standard error, for each length of result.
    private static SearchEffort Measure(
        double recall, VectorTable vectors, int count, Func<int, bool> sees, int but, int threads, Func<CodedQuery, int, int, (IEnumerable<int> Nodes, double Compared)> find, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        int[] sample = [.. Enumerable.Range(0, Samples).Select(i => (int)((long)i * count / Samples)).Where(n => n != but && sees(n)).Distinct()];
        var truth = new double[sample.Length][];
        Parallel.For(0, sample.Length, options, i => truth[i] = Nearest(vectors, sample[i], Enumerable.Range(0, count).Where(sees), Tops[^1]));
        List<EffortStep> steps = [];
        foreach (var top in Tops)
        {
            foreach (var effort in Factors.Select(f => (int)(f * top)))
            {
                var found = new double[sample.Length];
                var compared = new double[sample.Length];
                Parallel.For(0, sample.Length, options, i =>
                {
                    (var nodes, compared[i]) = find(new(vectors.Vector(sample[i])), sample[i], effort);
                    var least = truth[i].Length < top ? double.NegativeInfinity : truth[i][top - 1];
                    var scores = Nearest(vectors, sample[i], nodes, top);
                    found[i] = scores.Count(s => s >= least) / (double)Math.Max(1, Math.Min(top, truth[i].Length));
                });
                var mean = found.Average();
                var deviation = Math.Sqrt(found.Sum(f => (f - mean) * (f - mean))) / sample.Length;
                if (compared.Average() * CostOfJump > count)
                {
                    break;
                }

                if (mean - deviation >= recall)
                {
                    steps.Add(new(top, effort, mean, compared.Average()));
                    break;
                }
            }

            if (steps is [] || steps[^1].Top != top)
            {
                break;
            }
        }

        return new(count, steps);
    }

    // Exact scores of the best of the candidates, best first, without the vector itself.
    private static double[] Nearest(VectorTable vectors, int self, IEnumerable<int> candidates, int top)
    {
        var query = new CodedQuery(vectors.Vector(self));
        var best = new TopChunks(top);
        foreach (var node in candidates)
        {
            if (node != self && vectors.Score(query, node, best.Threshold) is var score && score >= best.Threshold)
            {
                best.Offer(new(score, default, 0, node));
            }
        }

        return [.. best.Ordered().Select(c => c.Score)];
    }
}

/// <summary>An effort that was enough.</summary>
/// <param name="Top">Length of the result.</param>
/// <param name="Effort">How many near vectors the graph was walked with (the paper's ef).</param>
/// <param name="Recall">The share of the true nearest that was found, on average.</param>
/// <param name="Compared">How many vectors were compared, on average.</param>
internal sealed record EffortStep(int Top, int Effort, double Recall, double Compared);
