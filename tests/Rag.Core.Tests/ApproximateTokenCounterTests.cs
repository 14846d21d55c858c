namespace Rag.Core.Tests;

public sealed class ApproximateTokenCounterTests
{
    private readonly ApproximateTokenCounter _counter = new();

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\r\n ", 0)]
    [InlineData("a", 1)]
    [InlineData("letter", 1)]
    [InlineData("letters", 2)]
    [InlineData("one two three", 3)]
    [InlineData("one\n\ntwo", 3)] // the line break counts
    [InlineData("\n one \n", 1)]
    [InlineData("DbContext", 3)] // Db, Contex, t
    [InlineData("1234", 2)]
    [InlineData("f(x);", 4)] // f ( x );
    [InlineData("Привет", 2)]
    [InlineData("漢字かな", 4)]
    [InlineData("🦙", 2)]
    public void Count_adds_tokens_by_kind_of_character(string text, int expected)
    {
        Assert.Equal(expected, _counter.Count(text));
    }

    [Fact]
    public void Count_never_falls_when_text_is_added()
    {
        var random = new Random(1);
        const string Alphabet = "abcXYZ 019\n\t.,;(){}éдλ漢字ー🦙\u0301";

        for (var round = 0; round < 50; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 200).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var counts = Enumerable.Range(0, text.Length + 1).Select(n => _counter.Count(text.AsSpan(0, n))).ToArray();
            Assert.Equal(counts.Order(), counts);
            Assert.All(Enumerable.Range(0, text.Length + 1), n => Assert.Equal(string.IsNullOrWhiteSpace(text[..n]), counts[n] == 0));
        }
    }

    [Fact]
    public void Count_allocates_nothing()
    {
        var text = new string('x', 10_000);
        _counter.Count(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _counter.Count(text);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
