using System.Text;
using System.Text.Json;
using Rag.Ingest.Reading.Outlines;

namespace Rag.Ingest.Reading;

/// <summary>Reads JSON, or lines of JSON, as it stands, divided at its objects; lines are those of the file.</summary>
/// <remarks>
/// Each object of an array, and each line of JSON lines, is a block, and what is large is divided in turn: <see cref="Block.Context"/> is the path of keys, such as <c>servers[2] &gt; tls</c>.
/// Comments and trailing commas are allowed. What is not valid, or nested deeper than <see cref="ReaderLimits.MaxDepth"/>, is divided at blank lines, and <see cref="Document.Warnings"/> says so.
/// Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class JsonReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly JsonReaderOptions _options = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = (limits ?? ReaderLimits.Default).MaxDepth,
    };

    private readonly OutlinedText _text = new(limits, "application/json");

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["application/json"];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) => _text.ReadAsync(source, documentId, text => Divide(text, cancellationToken), cancellationToken);

    private List<Joint> Divide(string text, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), _options);
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (JsonException e)
        {
            throw new OutlineException($"It is not valid JSON ({e.Message.TrimEnd('.')})", e);
        }

        return JsonOutline.Of(text, cancellationToken);
    }
}
