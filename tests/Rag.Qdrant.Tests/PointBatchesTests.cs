using System.Text.Json;
using Rag.Qdrant.Api;
using Rag.Testing;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

public sealed class PointBatchesTests
{
    // Plain, escaped, not of ASCII, of two code units, half of a pair, and half of a pair before what is plus signs in base64.
    private static readonly (string First, string Then)[] Pieces =
        [("", "word "), ("", "\"<&'\\"), ("", "\u0001\u0000\n"), ("", "\u00e9\u4e2d"), ("", "\ud83d\ude00"), ("", "\ud800"), ("\ud800", "\ufbbe\ubeef\ueffb")];

    private static string Text(Random random, int kind) => Pieces[kind].First + string.Concat(Enumerable.Repeat(Pieces[kind].Then, random.Next(0, 200)));

    private static float[] Vector(Random random) => [.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => BitConverter.Int32BitsToSingle(random.Next())).Select(f => float.IsFinite(f) ? -f : -1)];

    private static IReadOnlyList<Point> Points(int seed)
    {
        var random = new Random(seed);
        var kind = seed % Pieces.Length;
        var text = Text(random, kind) + "x";
        var document = new Document(Text(random, kind), Text(random, kind), text, [new(BlockKind.Paragraph, new(0, text.Length))])
        {
            MediaType = Text(random, kind),
            Path = Text(random, kind),
            Language = Text(random, kind),
            Version = Text(random, kind),
            Tenant = Text(random, kind),
            Groups = [Text(random, kind), Text(random, kind)],
            Warnings = [Text(random, kind), Text(random, kind)],
            Tags = new Dictionary<string, string> { [Text(random, kind)] = Text(random, kind), ["="] = "%" },
        };
        EmbeddedChunk[] chunks = [.. Enumerable.Range(0, random.Next(1, 9)).Select(i => new EmbeddedChunk(Chunk.Of(document, i, new(0, text.Length), Text(random, kind)), Vector(random)) { Model = Text(random, kind) })];
        return [StoredPoints.Of(document, chunks, long.MaxValue, Guid.Empty.ToString(), DateTimeOffset.MaxValue), .. chunks.Select((c, i) => StoredPoints.Of(document, c, i, long.MaxValue, Guid.Empty.ToString()))];
    }

    [Fact]
    public void MostBytes_is_never_less_than_the_JSON()
    {
        foreach (var point in Enumerable.Range(0, 150).SelectMany(Points))
        {
            Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(new UpsertRequest([point]), QdrantJson.Default.UpsertRequest).Length, 1, PointBatches.MostBytes(point));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    [InlineData(40_000)]
    [InlineData(int.MaxValue)]
    public void Of_keeps_the_order_and_the_limit(int maxBytes)
    {
        foreach (var points in Enumerable.Range(0, 50).Select(Points))
        {
            var batches = PointBatches.Of(points, maxBytes).ToList();

            Assert.Equal(points, batches.SelectMany(b => b));
            Assert.All(batches.Where(b => b.Count > 1), b => Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(new UpsertRequest(b), QdrantJson.Default.UpsertRequest).Length, 1, maxBytes));
            Assert.All(batches.Zip(batches.Skip(1)), pair => Assert.True(pair.First.Append(pair.Second[0]).Sum(PointBatches.MostBytes) + 64 > maxBytes));
        }
    }

    [Fact]
    public async Task Chunks_of_any_size_are_written_within_the_servers_limit()
    {
        const int Limit = 200_000;
        using var server = new QdrantDouble { MaxRequestBytes = Limit };
        await using var store = await QdrantChunkStore.OpenAsync(new("http://double:6333/docs"), new() { MaxRequestBytes = Limit }, transport: server);
        var random = new Random(1);
        var document = Corpus.Text("a", [.. Enumerable.Range(0, 300).Select(i => i % 50 == 7 ? new string('w', 12_000) : $"word {i}")]);
        var chunks = Corpus.Chunks(document, _ => [.. Enumerable.Range(0, 256).Select(_ => (float)(random.NextDouble() - 0.5))]);

        await store.ReplaceDocumentAsync(document, chunks);

        Assert.Equal(chunks.Select(c => c.Chunk.Text), (await store.GetChunksAsync("a")).Select(c => c.Chunk.Text));
        Assert.InRange(server.Exchanges.Count(e => e is { Method: "PUT", Path: "/collections/docs/points" }), 5, 30);
        Assert.DoesNotContain(server.Exchanges, e => e.Status == 400);
    }
}
