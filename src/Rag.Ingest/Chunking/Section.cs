namespace Rag.Ingest.Chunking;

/// <summary>A heading (with the headings above it that have no text of their own) and the blocks under it up to the next heading or to a block with another <see cref="Block.Context"/>.</summary>
/// <param name="Path">The headings from the top of the document down to this section, shortened where they are long, and the context of its blocks.</param>
/// <param name="Headings">The heading blocks that stand at its beginning; none before the first heading of a document, or where only the context changes.</param>
/// <param name="Body">The other blocks; none for a heading that no text follows.</param>
internal sealed record Section(IReadOnlyList<string> Path, IReadOnlyList<Block> Headings, IReadOnlyList<Block> Body)
{
    // The path is repeated in every chunk, so its length must not grow with the document.
    private const int MaxTitle = 120;

    /// <summary>Where it begins.</summary>
    public int Start => (Headings.Count > 0 ? Headings[0] : Body[0]).Span.Start;

    /// <summary>The path in one line, such as <c>Install &gt; Linux</c>.</summary>
    public string Context { get; } = string.Join(" > ", Path);

    /// <summary>The sections of a document in reading order. A document without blocks is one paragraph.</summary>
    public static IEnumerable<Section> Of(Document document)
    {
        var path = new List<(int Level, string Title)>();
        var (headings, body) = (new List<Block>(), new List<Block>());
        foreach (var block in document.Blocks.Count > 0 ? document.Blocks : Whole(document))
        {
            if (block.Kind != BlockKind.Heading)
            {
                if (body.Count > 0 && body[0].Context != block.Context)
                {
                    yield return new(PathOf(path, body), headings, body);
                    (headings, body) = ([], []);
                }

                body.Add(block);
                continue;
            }

            if (body.Count > 0 || (headings.Count > 0 && block.Level <= headings[^1].Level))
            {
                yield return new(PathOf(path, body), headings, body);
                (headings, body) = ([], []);
            }

            headings.Add(block);
            path.RemoveAll(p => p.Level >= block.Level);
            path.Add((block.Level, Title(document.Text.AsSpan(block.Span.Start, block.Span.Length))));
        }

        if (headings.Count + body.Count > 0)
        {
            yield return new(PathOf(path, body), headings, body);
        }
    }

    private static string[] PathOf(List<(int Level, string Title)> path, List<Block> body) =>
        [.. path.Select(p => p.Title), .. body is [{ Context: { } context }, ..] ? context.Split(" > ") : []];

    private static Block[] Whole(Document document) => document.Text.Length == 0 ? [] : [new(BlockKind.Paragraph, new(0, document.Text.Length))];

    private static string Title(ReadOnlySpan<char> heading)
    {
        var length = Math.Min(heading.Length, MaxTitle);
        if (length < heading.Length && char.IsHighSurrogate(heading[length - 1]))
        {
            length--;
        }

        var title = string.Join(' ', heading[..length].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return length < heading.Length ? title + "…" : title;
    }
}
