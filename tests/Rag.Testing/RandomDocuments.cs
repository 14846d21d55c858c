using System.Text;

namespace Rag.Testing;

/// <summary>Seeded documents with every kind of block, in several scripts, some of it ugly: for property tests.</summary>
public static class RandomDocuments
{
    private static readonly string[] Words = ["the", "store", "keeps", "transactions", "migration", "Dr.", "3.14", "naïve", "Привет", "漢字かな交じり文。", "🦙", "e.g.", "a", "DbContext.SaveChanges()", "(see", "below)", "whether", "index"];

    /// <summary>A document of about <paramref name="blocks"/> blocks.</summary>
    public static Document Next(Random random, int blocks)
    {
        var text = new StringBuilder();
        var spans = new List<Block>();
        for (var i = 0; i < blocks; i++)
        {
            text.Append(i == 0 ? "" : "\n\n");
            var kind = random.Next(4) == 0 ? BlockKind.Heading : Enum.GetValues<BlockKind>()[random.Next(7)];
            var start = text.Length;
            text.Append(Content(random, kind));
            spans.Add(new(kind, new(start, text.Length), kind is BlockKind.Heading ? random.Next(1, 7) : kind is BlockKind.ListItem ? 1 : 0));
        }

        return new($"random/{blocks}.md", "Random", text.ToString(), spans) { Lines = new([0]) };
    }

    /// <summary>Words without line breaks; now and then a very long one.</summary>
    public static string Sentence(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Next(200) == 0 ? new string('x', random.Next(5000)) + "y" : Words[random.Next(Words.Length)])) + ".";

    private static string Content(Random random, BlockKind kind) => kind switch
    {
        BlockKind.Heading => Sentence(random, random.Next(1, random.Next(20) == 0 ? 600 : 6)),
        BlockKind.Table => string.Join('\n', Enumerable.Range(0, random.Next(3, 60)).Select(row => row == 1 ? "| --- |" : $"| {Sentence(random, random.Next(1, 9))} |")),
        BlockKind.Code => string.Join('\n', Enumerable.Range(0, random.Next(1, 80)).Select(_ => random.Next(6) == 0 ? "" : new string(' ', random.Next(8)) + Sentence(random, random.Next(1, 9)))).Trim('\n') + "\n}",
        _ => string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => Sentence(random, random.Next(1, random.Next(30) == 0 ? 900 : 25)))),
    };
}
