namespace Rag.Cli.Json;

/// <summary>What <c>rag read</c> prints of a document.</summary>
internal sealed record ReadJson(string Id, string Title, string MediaType, int? Pages, string Text, IEnumerable<BlockJson> Blocks, IReadOnlyList<string> Warnings)
{
    public static ReadJson Of(Document document) =>
        new(document.Id, document.Title, document.MediaType, document.Pages?.Count, document.Text, document.Blocks.Select(BlockJson.Of), document.Warnings);
}

/// <summary>A block; the box is in points, <c>[x0, y0, x1, y1]</c>, origin top left.</summary>
internal sealed record BlockJson(string Kind, int Start, int End, int Level, int? Page, double[]? Box)
{
    public static BlockJson Of(Block block) =>
        new(KindOf(block.Kind), block.Span.Start, block.Span.End, block.Level, block.Page, block.Box is { } b ? [b.X0, b.Y0, b.X1, b.Y1] : null);

    private static string KindOf(BlockKind kind) => kind switch
    {
        BlockKind.ListItem => "listItem",
        _ => kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>A file that could not be read or ingested.</summary>
internal sealed record FailureJson(string Path, string Error);
