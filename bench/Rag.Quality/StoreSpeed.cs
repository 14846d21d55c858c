using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Rag.Qdrant;
using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Quality;

/// <summary>What the Qdrant store costs on the client: a server in the process takes every request's bytes, keeps none, and answers what it must.</summary>
internal static class StoreSpeed
{
    private const int Words = 80;
    private const int Dimensions = 384;
    private const int ChunksOfDocument = 100;
    private const int Searches = 2_000;

    public static async Task MeasureAsync(int count, TextWriter output)
    {
        using var server = new Sink();
        var options = new QdrantStoreOptions { Collection = new() { VectorSizes = [Dimensions] } };
        await using var store = await QdrantChunkStore.OpenAsync(new("http://sink:6333/docs"), options, transport: server);
        var text = new ZipfText(1, Words);
        var (whole, mapping, json, bytes, jsonBytes) = (default(TimeSpan), default(TimeSpan), default(TimeSpan), 0L, 0L);
        for (var d = 0; d < count / ChunksOfDocument; d++)
        {
            var (document, chunks) = Make(text, d);
            var sent = server.Bytes;
            var start = Stopwatch.GetTimestamp();
            await store.ReplaceDocumentAsync(document, chunks);
            whole += Stopwatch.GetElapsedTime(start);
            bytes += server.Bytes - sent;

            // The same work once more, in its two parts.
            start = Stopwatch.GetTimestamp();
            Point[] points = [.. chunks.Select((c, i) => StoredPoints.Of(document, c, i, 1, "w")), StoredPoints.Of(document, chunks, 1, "w", DateTimeOffset.UnixEpoch)];
            mapping += Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            jsonBytes += JsonSerializer.SerializeToUtf8Bytes(new UpsertRequest(points), QdrantJson.Default.UpsertRequest).Length;
            json += Stopwatch.GetElapsedTime(start);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stores: {count} chunks of {Words} words x {Dimensions} in documents of {ChunksOfDocument}: {whole.TotalSeconds:F1} s, {bytes / 1e6:F0} MB, {bytes / 1e6 / whole.TotalSeconds:F0} MB/s, {count / whole.TotalSeconds:F0} chunks/s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  points alone (words counted, layout coded) {mapping.TotalSeconds:F1} s ({mapping / whole:P0}); JSON alone {json.TotalSeconds:F1} s ({json / whole:P0}), {jsonBytes / 1e6 / json.TotalSeconds:F0} MB/s"));
        await SearchAsync(store, server, text, output);
    }

    private static async Task SearchAsync(IHybridStore store, Sink server, ZipfText text, TextWriter output)
    {
        server.AnswerWith(Make(text, 0).Chunks.Take(10));
        var times = new double[Searches];
        var (allocated, paused, collected) = (0L, default(TimeSpan), 0);
        for (var round = 0; round < 2; round++) // the first warms up
        {
            server.Requests = 0;
            GC.Collect();
            (allocated, paused, collected) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), GC.CollectionCount(0));
            for (var i = 0; i < Searches; i++)
            {
                var (query, vector) = (new Query(text.Query(i, 8)), Vector(i));
                var start = Stopwatch.GetTimestamp();
                var found = (await store.SearchHybridAsync(vector, query, 10)).Chunks;
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (found.Count != 10)
                {
                    throw new InvalidOperationException($"The search gave {found.Count} results instead of 10; what it took says nothing.");
                }
            }
        }

        (allocated, paused, collected) = (GC.GetTotalAllocatedBytes() - allocated, GC.GetTotalPauseDuration() - paused, GC.CollectionCount(0) - collected);
        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  hybrid search, 8 words and a vector, 10 results: p50 {times[Searches / 2]:F2} ms, p95 {times[Searches * 95 / 100]:F2} ms, p99 {times[Searches * 99 / 100]:F2} ms on the client; {(double)server.Requests / Searches:F2} requests a search"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {allocated / 1024.0 / Searches:F0} KB allocated a search, the server's part and the making of questions included; {collected} collections paused {paused.TotalMilliseconds:F1} ms of {times.Sum():F0} ms; slowest {times[^1]:F1} ms; {times.Count(t => t > 1)} of {Searches} over 1 ms"));
    }

    private static (Document Document, IReadOnlyList<EmbeddedChunk> Chunks) Make(ZipfText text, int number)
    {
        var passages = Enumerable.Range(number * ChunksOfDocument, ChunksOfDocument).Select(text.Text).ToArray();
        var document = new Document($"d{number}", $"Document {number}", string.Join('\n', passages), []);
        var chunks = new List<EmbeddedChunk>();
        var start = 0;
        foreach (var passage in passages)
        {
            chunks.Add(new(Chunk.Of(document, chunks.Count, new(start, start + passage.Length)), Vector((number * ChunksOfDocument) + chunks.Count)));
            start += passage.Length + 1;
        }

        return (document, chunks);
    }

    private static float[] Vector(int seed)
    {
        var random = new Random(seed);
        var vector = Enumerable.Range(0, Dimensions).Select(_ => random.NextDouble() - 0.5).ToArray();
        var length = Math.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => (float)(v / length))];
    }

    private sealed class Sink : HttpMessageHandler
    {
        private string _head = "";
        private byte[] _found = "{\"result\":{\"points\":[]}}"u8.ToArray();

        public long Bytes { get; private set; }

        public int Requests { get; set; }

        public void AnswerWith(IEnumerable<EmbeddedChunk> chunks)
        {
            var document = new Document("d0", "Document 0", "", []);
            var points = chunks.Select((c, i) => StoredPoints.Of(document, c, i, 1, "w")).Select(p => new ScoredPoint(p.Id, 1f / (1 + p.Payload.Index!.Value), p.Payload)).ToList();
            _found = JsonSerializer.SerializeToUtf8Bytes(new Reply<QueryResult>(new(points)), QdrantJson.Default.ReplyQueryResult);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            Bytes += body.Length;
            Requests++;
            var path = request.RequestUri!.AbsolutePath;
            if (request.Method == HttpMethod.Put && path.EndsWith("/points", StringComparison.Ordinal) && body.AsSpan().IndexOf("\"switching\""u8) >= 0)
            {
                using var point = JsonDocument.Parse(body);
                _head = point.RootElement.GetProperty("points")[0].GetRawText();
            }

            return new(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(path switch
                {
                    "/" => "{\"title\":\"sink\",\"version\":\"1.19.0\"}"u8.ToArray(),
                    "/collections/docs" => "{\"result\":{\"config\":{\"params\":{\"vectors\":{\"dense-384\":{\"size\":384,\"distance\":\"Cosine\"}},\"sparse_vectors\":{\"words\":{\"modifier\":\"idf\"}}}}}}"u8.ToArray(),
                    "/collections/docs/points" when request.Method == HttpMethod.Post => System.Text.Encoding.UTF8.GetBytes($"{{\"result\":[{_head}]}}"),
                    "/collections/docs/points/scroll" => "{\"result\":{\"points\":[]}}"u8.ToArray(),
                    "/collections/docs/points/query" => _found,
                    _ => "{\"result\":{\"status\":\"completed\"}}"u8.ToArray(),
                }),
            };
        }
    }
}
