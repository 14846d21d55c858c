using System.Text.Json.Serialization;

namespace Rag.Api.Json;

/// <summary>A document with its text, in which spans of citations count.</summary>
internal sealed record DocumentTextJson(
    [Description("The id of the document.")] string Id,
    [Description("What it is called.")] string Title,
    [Description("Its format, such as application/pdf.")] string MediaType,
    [Description("Where each page begins in the text, page 1 first; null where the format has none.")] IReadOnlyList<int>? Pages,
    [Description("Its whole text, in which all places count.")] string Text,
    [Description("Its paragraphs, headings, lists and tables, in the order of the text.")] IEnumerable<BlockJson> Blocks,
    [Description("Its labels, by their names.")] IReadOnlyDictionary<string, string> Tags,
    [Description("What enrichers found out about it.")] IEnumerable<FindingJson> Findings)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What people call the pages, such as slide 2 or the name of a sheet; left out where they only have numbers.")]
    public IReadOnlyList<string>? PageNames { get; init; }

    public static DocumentTextJson Of(Document document) => new(document.Id, document.Title, document.MediaType, document.Pages?.Starts, document.Text, document.Blocks.Select(BlockJson.Of), document.Tags, FindingJson.Of(document.Findings)) { PageNames = document.Pages?.Names };
}

/// <summary>One element of a document.</summary>
internal sealed record BlockJson(
    [Description("What it is: paragraph, heading, listItem, table, code, quote or footnote.")] string Kind,
    [Description("Where it begins in the text, in UTF-16 code units from 0.")] int Start,
    [Description("Where it ends in the text, behind its last code unit.")] int End,
    [Description("A heading's level, 1 to 6, or a list item's depth; 0 of all else.")] int Level)
{
    public static BlockJson Of(Block block) => new(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(block.Kind.ToString()), block.Span.Start, block.Span.End, block.Level);
}

/// <summary>Where the words of a page stand; none where the format does not say.</summary>
internal sealed record WordsJson(
    [Description("The page, from 1.")] int Page,
    [Description("The words, each [start, end, x0, y0, x1, y1]: its place in the document's text and on the page, in points, with the origin at the top left.")] IEnumerable<double[]> Words);
