using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading;

/// <summary>Reads Jupyter notebooks (nbformat 3 and 4): cells of Markdown as <see cref="MarkdownReader"/> does, cells of code, and the text that they gave; a place is a cell, such as <c>cell 3</c>.</summary>
/// <remarks>
/// Of an output its plain text, what it printed, and the name of an error are kept, up to 4,000 characters of each; where one is cut, <see cref="Document.Warnings"/> says so. Pictures, HTML and all else are left out.
/// The title is that of the metadata, else the first heading of level 1. No code is run. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed partial class NotebookReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const int LongestOutput = 4_000;

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;
    private readonly MarkdownReader _markdown = new(limits);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["application/x-ipynb+json"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        using var notebook = Parse(TextEncodings.Decode(bytes.Span, documentId), documentId);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var (number, cut) = (0, 0);
        foreach (var cell in Cells(notebook.RootElement))
        {
            builder.StartLine(++number, $"cell {number}");
            var text = Text(cell, "source") ?? Text(cell, "input") ?? "";
            switch (Text(cell, "cell_type"))
            {
                case "markdown":
                    builder.AddAll(await _markdown.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), documentId, cancellationToken));
                    break;
                case "heading":
                    builder.Add(BlockKind.Heading, text, cell.TryGetProperty("level", out var level) && level.TryGetInt32(out var depth) ? Math.Clamp(depth, 1, 6) : 1);
                    break;
                case "code":
                    builder.Add(BlockKind.Code, text);
                    foreach (var output in Items(cell, "outputs").Select(Output))
                    {
                        builder.Add(BlockKind.Code, output.AsSpan(0, Math.Min(output.Length, LongestOutput)));
                        cut += output.Length > LongestOutput ? 1 : 0;
                    }

                    break;
                default:
                    builder.Add(BlockKind.Paragraph, text);
                    break;
            }
        }

        var document = builder.ToDocument(Title(notebook.RootElement), MediaTypes.First());
        var heading = document.Blocks.FirstOrDefault(block => block is { Kind: BlockKind.Heading, Level: 1 });
        return document with
        {
            Title = Title(notebook.RootElement) is null && heading is not null ? TextCleaning.OneLine(heading.Span.Of(document.Text)) : document.Title,
            Warnings = cut == 0 ? [] : [$"{cut} outputs longer than {LongestOutput:N0} characters were cut. Print less, or keep the whole in a file of its own."],
        };
    }

    private JsonDocument Parse(string text, string documentId)
    {
        try
        {
            var notebook = JsonDocument.Parse(text, new() { MaxDepth = _limits.MaxDepth });
            return notebook.RootElement.ValueKind == JsonValueKind.Object ? notebook : throw new JsonException("its root is no object");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new DocumentFormatException(documentId, $"it is not a notebook ({e.Message.TrimEnd('.')}). Save it anew in Jupyter, or read it as application/json.", e);
        }
    }

    private static IEnumerable<JsonElement> Cells(JsonElement notebook) => Items(notebook, "cells").Concat(Items(notebook, "worksheets").SelectMany(sheet => Items(sheet, "cells")));

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    private static string? Title(JsonElement notebook) => notebook.TryGetProperty("metadata", out var metadata) && Text(metadata, "title") is { } title && !string.IsNullOrWhiteSpace(title) ? title : null;

    // a string, or the lines of one
    private static string? Text(JsonElement parent, string name) => parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => Clean(value),
        JsonValueKind.Array => string.Concat(value.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(Clean)),
        _ => null,
    };

    private static string Output(JsonElement output)
    {
        var values = output.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : output;
        var isPicture = values.EnumerateObject().Any(value => value.Name.StartsWith("image/", StringComparison.Ordinal) || value.Name is "png" or "jpeg");
        var error = Text(output, "ename") is { } name ? $"{name}: {Text(output, "evalue")}" : null;
        var text = error ?? Text(values, "text/plain") ?? Text(values, "text") ?? "";
        return isPicture ? "" : Escape().Replace(text, "");
    }

    // half a surrogate pair may stand in JSON, but not in a string of .NET that it gives
    private static string Clean(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText().Trim('"');
        }
    }

    // colours of a terminal
    [GeneratedRegex(@"\u001B\[[0-9;]*[A-Za-z]")]
    private static partial Regex Escape();
}
