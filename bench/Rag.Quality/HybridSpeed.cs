using System.Diagnostics;
using System.Globalization;
using Rag.Indexing;
using Rag.Indexing.Feedback;
using Rag.Retrieval;

namespace Rag.Quality;

/// <summary>Search by words as <c>default</c> does it, by vectors in the graph, and both at once with their fusion, over the same passages in memory: wall-clock time of one question at a time.</summary>
internal static class HybridSpeed
{
    private const int Words = 80;
    private const int Dimensions = 384;
    private const int Clusters = 1_000;
    private const int Subspace = 64;
    private const int Queries = 200;
    private const int Candidates = 100;

    public static async Task MeasureAsync(int count, TextWriter output)
    {
        var text = new ZipfText(1, Words);
        var words = KeywordSpeed.Index(text, count, KeywordModel.Default);
        var vectors = Fill(count);
        var clock = Stopwatch.StartNew();
        vectors.Link();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"hybrid-speed: {count} passages of {Words} words, {Dimensions} numbers each; graph made in {clock.Elapsed.TotalSeconds:F0} s, sampled recall {vectors.MeasuredRecall:F4}; {Queries} queries, candidates {Candidates} of each"));
        var chunks = Enumerable.Range(0, count).Select(i => new Chunk($"d{i}#0", $"d{i}", "", new(0, 0))).ToArray();
        foreach (var terms in (int[])[3, 6, 10])
        {
            var random = new Random(terms);
            var questions = Enumerable.Range(0, Queries).Select(_ => random.Next(count)).Select(i => (Text: text.Query(i, terms), Vector: Vector(i, 0.5))).ToArray();
            IReadOnlyList<ScoredChunk> ByWords(string query, IFeedback? feedback) => [.. words.Search(query, Candidates, feedback: feedback).Select(h => new ScoredChunk(chunks[h.Document], h.Score))];
            IReadOnlyList<ScoredChunk> ByVector(float[] vector) => [.. vectors.Search(vector, Candidates).Select(h => new ScoredChunk(chunks[h.Document], h.Score))];
            await MeasureAsync($"{terms} words, vectors", questions, q => Task.FromResult(ByVector(q.Vector)), output);
            foreach (var (name, feedback) in new (string, IFeedback?)[] { ("default", new FocusedFeedback()), ("default without feedback", null) })
            {
                await MeasureAsync($"{terms} words, {name}", questions, q => Task.FromResult(ByWords(q.Text, feedback)), output);
                await MeasureAsync($"{terms} words, hybrid of {name}", questions, async q => [.. RankFusion.Adaptive(await Task.WhenAll(Task.Run(() => ByWords(q.Text, feedback)), Task.Run(() => ByVector(q.Vector)))).Take(10)], output);
            }
        }
    }

    private static async Task MeasureAsync<T>(string name, T[] questions, Func<T, Task<IReadOnlyList<ScoredChunk>>> search, TextWriter output)
    {
        var times = new double[questions.Length];
        for (var round = 0; round < 2; round++) // the first warms up
        {
            for (var i = 0; i < questions.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await search(questions[i]);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: p50 {times[times.Length / 2]:F2} ms, p95 {times[times.Length * 95 / 100]:F2} ms"));
    }

    private static VectorIndex Fill(int count)
    {
        var index = new VectorIndex();
        for (var i = 0; i < count; i++)
        {
            index = index.Add(i, $"d{i}", [Vector(i, 1)]);
        }

        return index;
    }

    // Around the centre of a cluster, mostly in a subspace, as vectors of models lie; a question lies between a passage and its centre.
    private static float[] Vector(int number, double spread)
    {
        var (centre, around) = (new Random(number % Clusters), new Random(Clusters + number));
        var vector = new float[Dimensions];
        for (var i = 0; i < Dimensions; i++)
        {
            vector[i] = (float)(centre.NextDouble() - 0.5 + (spread * (i < Subspace ? 1 : 0.1) * (around.NextDouble() - 0.5)));
        }

        return vector;
    }
}
