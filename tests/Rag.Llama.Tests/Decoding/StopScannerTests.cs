using System.Text;
using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class StopScannerTests
{
    [Fact]
    public void Push_holds_back_what_may_begin_a_stop_and_releases_it_when_it_does_not()
    {
        var scanner = new StopScanner(["\n\nUser:"]);

        Assert.Equal(["Hello", "", "\n\nUsef", "ul", ""], [scanner.Push("Hello\n"), scanner.Push("\nUse"), scanner.Push("f"), scanner.Push("ul\n"), scanner.Push("\n")]);
        Assert.Equal("\n\n", scanner.Flush());
        Assert.Null(scanner.Matched);
    }

    [Fact]
    public void Push_releases_nothing_from_the_stop_on()
    {
        var scanner = new StopScanner(["END"]);

        Assert.Equal(["one ", "", "", ""], [scanner.Push("one E"), scanner.Push(""), scanner.Push("ND three"), scanner.Push("four")]);
        Assert.Equal(("END", ""), (scanner.Matched, scanner.Flush()));
    }

    [Theory]
    [InlineData("xabcd", "x", "abc", new[] { "abcd", "abc" })] // the first to end
    [InlineData("xabc", "x", "abc", new[] { "bc", "abc" })] // of the same end, the longest
    [InlineData("xabcd", "xa", "bc", new[] { "abcd", "bc" })] // inside of a longer one
    [InlineData("aab", "a", "ab", new[] { "ab" })] // after a false start
    [InlineData("abababc", "ab", "ababc", new[] { "ababc" })] // overlapping itself
    [InlineData("none", "none", null, new[] { "never" })]
    [InlineData("none", "none", null, new string[0])]
    public void Push_finds_the_stop_that_ends_first(string text, string released, string? matched, string[] stops)
    {
        Assert.Equal((released, matched), Scan(stops, [text]));
    }

    [Fact]
    public void Push_gives_the_same_text_however_it_is_split()
    {
        var random = new Random(21);
        for (var round = 0; round < 2_000; round++)
        {
            string[] stops = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Letters(random, 1 + random.Next(5)))];
            var text = Letters(random, random.Next(30));

            var whole = Scan(stops, [text]);

            Assert.Equal(whole, Scan(stops, text.Select(c => c.ToString())));
            Assert.Equal(whole, Scan(stops, Split(random, text)));
            Assert.Equal(Slow(stops, text), whole);
        }
    }

    [Fact]
    public void StopScanner_refuses_an_empty_stop()
    {
        Assert.Throws<ArgumentException>(() => new StopScanner(["a", ""]));
    }

    private static (string Released, string? Matched) Scan(string[] stops, IEnumerable<string> pieces)
    {
        var scanner = new StopScanner(stops);
        var released = new StringBuilder();
        foreach (var piece in pieces)
        {
            released.Append(scanner.Push(piece));
        }

        return (released.Append(scanner.Flush()).ToString(), scanner.Matched);
    }

    private static (string Released, string? Matched) Slow(string[] stops, string text)
    {
        for (var end = 0; end <= text.Length; end++)
        {
            if (stops.Where(s => text[..end].EndsWith(s, StringComparison.Ordinal)).MaxBy(s => s.Length) is { } stop)
            {
                return (text[..(end - stop.Length)], stop);
            }
        }

        return (text, null);
    }

    private static string Letters(Random random, int length) => new(random.GetItems<char>("aab", length));

    private static IEnumerable<string> Split(Random random, string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = random.Next(Math.Min(5, text.Length - at) + 1);
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
