namespace Rag.Pdf.Tests.Layout;

/// <summary>What holds for every page, however it looks: tried on seeded random pages.</summary>
public sealed class PageInvariantTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Blocks_and_words_cover_the_text_and_words_stand_where_they_were_written(int seed)
    {
        var random = new Random(seed);
        var sheet = new Sheet();
        for (var i = random.Next(1, 60); i > 0; i--)
        {
            var text = Words(random);
            sheet.Write(random.Next(0, 500), random.Next(10, 790), text, size: random.Next(6, 20), bold: random.Next(5) == 0, code: random.Next(9) == 0, dx: random.Next(8) == 0 ? 0 : 1, dy: 0);
        }

        var page = sheet.Page();

        var end = 0;
        foreach (var block in page.Blocks)
        {
            Assert.True(block.Start >= end && block.Length > 0, $"block at {block.Start} begins before {end}");
            Assert.True(string.IsNullOrWhiteSpace(page.Text[end..block.Start]));
            end = block.Start + block.Length;
        }

        Assert.Equal(page.Text.TrimEnd().Length, end);
        var at = 0;
        foreach (var word in page.Words)
        {
            Assert.True(word.Start >= at && word.Length > 0, $"word at {word.Start} begins before {at}");
            Assert.True(page.Text[at..word.Start].All(c => char.IsWhiteSpace(c) || c is '|' or '-'));
            Assert.DoesNotContain(page.Text.Substring(word.Start, word.Length), char.IsWhiteSpace);
            Assert.True(word.Box.X1 >= word.Box.X0 && word.Box.Y1 >= word.Box.Y0);
            at = word.Start + word.Length;
        }
    }

    private static string Words(Random random)
    {
        string[] words = ["alpha", "beta-", "gamma", "delta.", "42", "(7)", "•", "1.", "a|b", "é", "漢字", "سلام", "x"];
        return string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)]));
    }
}
