using Rag.Ingest.Reading.Office;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class CompoundFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Streams_of_any_length_are_read_as_they_were_written(int seed)
    {
        var random = new Random(seed);
        var streams = Enumerable.Range(0, 12).Select(i => ($"stream {i}", Bytes(random, i % 3 == 0 ? random.Next(4_096, 200_000) : random.Next(4_096)))).ToArray();

        var file = new CompoundFile(CompoundFiles.Of(streams));

        Assert.Equal(streams.Select(stream => stream.Item1), file.Children().Select(entry => entry.Name));
        Assert.All(streams, stream => Assert.Equal(stream.Item2, file.Read(file.Find(stream.Item1.ToUpperInvariant())!).ToArray()));
        Assert.Null(file.Find("stream 99"));
    }

    [Fact]
    public void A_large_file_has_more_of_its_table_than_the_header_lists()
    {
        var streams = new[] { ("large", Bytes(new Random(3), 17 << 20)), ("small", Bytes(new Random(4), 100)) };

        var file = new CompoundFile(CompoundFiles.Of(streams));

        Assert.All(streams, stream => Assert.Equal(stream.Item2, file.Read(file.Find(stream.Item1)!).ToArray()));
    }

    [Fact]
    public void A_chain_that_runs_in_a_circle_is_damage()
    {
        var bytes = CompoundFiles.Of(("a", new byte[5_000]));
        var table = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[1, 0, 0, 0, 2, 0, 0, 0]);
        bytes.AsSpan(table, 4).Clear(); // sector 0 is followed by itself

        var file = new CompoundFile(bytes);

        Assert.InRange(file.Read(file.Find("a")!).Length, 0, 5_000);
    }

    [Fact]
    public void Siblings_that_point_at_each_other_are_given_once()
    {
        var bytes = CompoundFiles.Of(("a", [1]), ("b", [2]));
        var second = bytes.AsSpan().IndexOf("b\0\0"u8);
        bytes[second + 68] = 1;
        bytes[second + 69] = bytes[second + 70] = bytes[second + 71] = 0; // its left is the first

        Assert.Equal(["a", "b"], new CompoundFile(bytes).Children().Select(entry => entry.Name));
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
