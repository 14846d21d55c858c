namespace Rag.LLamaSharp.Tests;

public sealed class StopTextTests
{
    [Fact]
    public void Text_is_cut_where_a_slow_search_cuts_it_however_it_arrives()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "ab"[random.Next(2)]));
            string[] stops = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Text(random.Next(1, 5)))];
            var text = Text(random.Next(20));

            var scan = new StopText(stops);
            var shown = "";
            for (var at = 0; at < text.Length && !scan.Found;)
            {
                var length = random.Next(1, text.Length - at + 1);
                shown += scan.Push(text.Substring(at, length));
                at += length;
            }

            Assert.Equal(Expected(text, stops), shown + scan.Flush());
            Assert.Equal(stops.Any(s => text.Contains(s, StringComparison.Ordinal)), scan.Found);
        }
    }

    // The shortest beginning of the text that ends with a stop, without the longest stop that it ends with.
    private static string Expected(string text, string[] stops)
    {
        for (var end = 1; end <= text.Length; end++)
        {
            var found = stops.Where(s => text[..end].EndsWith(s, StringComparison.Ordinal)).ToList();
            if (found.Count > 0)
            {
                return text[..(end - found.Max(s => s.Length))];
            }
        }

        return text;
    }
}
