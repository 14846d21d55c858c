using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Chunking;

public sealed class StructureChunkerTests : ChunkerContract
{
    protected override int MaxTokens => 100;

    protected override IChunker Create(ITokenCounter counter) => new StructureChunker(new() { Target = 50, Max = 100 }, counter);

    [Fact]
    public void A_section_is_a_chunk_with_its_heading_and_its_path()
    {
        var document = Of(("# Guide", ""), ("## Install", Words(30)), ("### Linux", Words(30)), ("## Use", Words(30)));

        var chunks = Split(document);

        Assert.Equal(["Guide > Install", "Guide > Install > Linux", "Guide > Use"], chunks.Select(c => c.Context));
        Assert.StartsWith("Guide\n\nInstall\n\nword", chunks[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("Linux\n\nword", chunks[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tiny_neighbours_are_joined_under_the_path_that_they_share()
    {
        var document = Of(("# Options", Words(40)), ("## Depth", Words(5)), ("## Width", Words(5)), ("## Height", Words(5)), ("## Colour", Words(40)));

        var chunks = Split(document);

        Assert.Equal(["Options", "Options", "Options > Colour"], chunks.Select(c => c.Context));
        Assert.Equal($"Depth\n\n{Words(5)}\n\nWidth\n\n{Words(5)}\n\nHeight\n\n{Words(5)}", chunks[1].Text);
    }

    [Fact]
    public void A_heading_without_text_joins_what_follows_or_at_the_end_what_comes_before()
    {
        var document = Of(("# First", Words(40)), ("# Empty", ""), ("# Second", Words(40)), ("# Last", ""));

        var chunks = Split(document);

        Assert.Equal(["First", "Second"], chunks.Select(c => c.Context));
        Assert.StartsWith("Empty\n\nSecond\n\n", chunks[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("Last", chunks[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_section_is_divided_evenly_between_blocks()
    {
        var document = Of([("# Long", Words(19)), .. Enumerable.Repeat(("", Words(19)), 5)]);

        var chunks = Split(document);

        Assert.Equal([3, 3], chunks.Select(c => c.Text.Split("\n\n").Count(p => p.StartsWith("word", StringComparison.Ordinal))));
        Assert.All(chunks, c => Assert.Equal("Long", c.Context));
    }

    [Fact]
    public void What_is_announced_stays_with_its_announcement_and_a_short_rest_with_the_last_passage()
    {
        var document = Of([("# Long", Words(30)), ("", "As an example:"), .. Enumerable.Repeat(("", Words(30)), 2), ("", "The end.")]);

        var chunks = Split(document);

        Assert.Equal([$"Long\n\n{Words(30)}\n\nAs an example:\n\n{Words(30)}", $"{Words(30)}\n\nThe end."], chunks.Select(c => c.Text));
    }

    [Fact]
    public void A_long_paragraph_is_cut_between_sentences_only()
    {
        var sentence = "Here is " + Words(8) + ".";
        var document = Of(("", string.Join(' ', Enumerable.Repeat(sentence, 40))));

        var chunks = Split(document);

        Assert.True(chunks.Count > 5);
        Assert.All(chunks, c => Assert.Equal("", c.Text.Replace(sentence, "", StringComparison.Ordinal).Trim()));
    }

    [Fact]
    public void A_sentence_beyond_the_limit_is_cut_between_words()
    {
        var chunks = Split(Of(("", Words(1000))));

        Assert.All(chunks, c => Assert.Matches("^word( word)*$", c.Text));
    }

    [Fact]
    public void Rows_of_a_table_that_is_cut_know_its_head()
    {
        var builder = new DocumentBuilder("table.md");
        builder.Add(BlockKind.Heading, "Types", 1);
        builder.Add(BlockKind.Table, "| Name | Size |\n| --- | --- |\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"| type{i} | {i} |")));

        var chunks = Split(builder.ToDocument(null, "text/markdown"));

        Assert.StartsWith("Types\n\n| Name | Size |\n| --- | --- |\n| type0", chunks[0].Text, StringComparison.Ordinal);
        Assert.Equal("Types", chunks[0].Context);
        Assert.All(chunks.Skip(1), c => Assert.Equal("Types\n| Name | Size |\n| --- | --- |", c.Context));
        Assert.All(chunks.SelectMany(c => c.Text.Split('\n')).Skip(2), row => Assert.True(row.StartsWith('|') && row.EndsWith('|')));
    }

    [Fact]
    public void Code_stays_whole_up_to_the_limit_then_is_cut_at_blank_lines()
    {
        var method = "void M()\n{\n    Call(one, two);\n}"; // 13 tokens
        var builder = new DocumentBuilder("code.md");
        builder.Add(BlockKind.Code, string.Join("\n\n", Enumerable.Repeat(method, 6)));
        builder.Add(BlockKind.Paragraph, Words(40));
        builder.Add(BlockKind.Code, string.Join("\n\n", Enumerable.Repeat(method, 20)));

        var chunks = Split(builder.ToDocument(null, "text/markdown"));

        Assert.Equal(string.Join("\n\n", Enumerable.Repeat(method, 6)), chunks[0].Text);
        Assert.True(chunks.Count > 3);
        Assert.All(chunks.Skip(2), c => Assert.True(c.Text.StartsWith("void", StringComparison.Ordinal) && c.Text.EndsWith('}')));
    }

    [Fact]
    public void A_long_heading_is_shortened_in_the_path()
    {
        var chunks = Split(Of(("# " + Words(100), Words(40))));

        Assert.All(chunks, c => Assert.InRange(c.Context.Length, 1, 121));
        Assert.All(chunks, c => Assert.EndsWith("…", c.Context, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Chunk> Split(Document document) => new StructureChunker(new() { Target = 50, Max = 100 }).Split(document);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));

    private static Document Of(params (string Heading, string Text)[] sections)
    {
        var builder = new DocumentBuilder("guide.md");
        foreach (var (heading, text) in sections)
        {
            if (heading.Length > 0)
            {
                builder.Add(BlockKind.Heading, heading.TrimStart('#'), heading.LastIndexOf('#') + 1);
            }

            builder.Add(BlockKind.Paragraph, text);
        }

        return builder.ToDocument(null, "text/markdown");
    }
}
