using System.Text.Json.Serialization;

namespace Rag.Api.Json;

/// <summary>A document with its text, in which spans of citations count. <c>pages</c> says where each page begins, page 1 first, and is <c>null</c> where the format has none; <c>blocks</c> are in the order of the text.</summary>
internal sealed record DocumentTextJson(string Id, string Title, string MediaType, IReadOnlyList<int>? Pages, string Text, IEnumerable<BlockJson> Blocks, IReadOnlyDictionary<string, string> Tags, IEnumerable<FindingJson> Findings)
{
    /// <summary>What people call the pages, such as <c>slide 2</c> or the name of a sheet; left out where they only have numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PageNames { get; init; }

    public static DocumentTextJson Of(Document document) => new(document.Id, document.Title, document.MediaType, document.Pages?.Starts, document.Text, document.Blocks.Select(BlockJson.Of), document.Tags, FindingJson.Of(document.Findings)) { PageNames = document.Pages?.Names };
}

/// <summary>One element of a document: <c>paragraph</c>, <c>heading</c>, <c>listItem</c>, <c>table</c>, <c>code</c>, <c>quote</c> or <c>footnote</c>; <c>level</c> is a heading's, 1 to 6, or a list's depth.</summary>
internal sealed record BlockJson(string Kind, int Start, int End, int Level)
{
    public static BlockJson Of(Block block) => new(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(block.Kind.ToString()), block.Span.Start, block.Span.End, block.Level);
}

/// <summary>Where the words of a page stand; none where the format does not say.</summary>
/// <param name="Page">The page.</param>
/// <param name="Words">Each <c>[start, end, x0, y0, x1, y1]</c>: its place in the document's text and on the page, in points, origin top left.</param>
internal sealed record WordsJson(int Page, IEnumerable<double[]> Words);
