using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Enrichment;

/// <summary>Finds the date of a document: what its source says of itself, else the path of its address or the name of its file, else a date near the head of its text that stands there as one. No model. Safe for concurrent use.</summary>
/// <remarks>
/// Found is <c>date</c> as <c>2024-03-31</c>, once or not at all. In a text counts what follows a word such as "Date", "Published", "Stand" or "Fecha", or stands in a line of up to 60 characters; dates in running prose, of retrieval
/// and of other works are not the document's. A day and a month that may be the other way round count only where the text or its language shows the order.
/// </remarks>
public sealed partial class DateEnricher : IDocumentEnricher
{
    private const int HeadLength = 2_000;
    private const int ShortLine = 60;

    // What readers call it, the best first: the day of publishing before that of a file.
    private static readonly string[] Names = ["published", "date", "created", "modified"];

    /// <inheritdoc/>
    public string Name => "date-1";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<DocumentFinding>>((OfMetadata(document) ?? OfPath(document) ?? OfText(document)) is { } found ? [found] : []);
    }

    private DocumentFinding? OfMetadata(Document document)
    {
        foreach (var name in Names)
        {
            if (document.Metadata.TryGetValue(name, out var text) && DateText.First(text) is { } date)
            {
                return Finding(date) with { From = $"metadata: {name}" };
            }
        }

        return null;
    }

    private DocumentFinding? OfPath(Document document)
    {
        var isAddress = document.Path?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true;
        var name = isAddress ? document.Path! : document.Id[(document.Id.LastIndexOf('/') + 1)..];
        return DateText.InPath(name) is { } date ? Finding(date) with { From = isAddress ? "address" : "file name" } : null;
    }

    private DocumentFinding? OfText(Document document)
    {
        var head = Prompt.Shorten(document.Text, HeadLength);
        DocumentFinding? alone = null;
        foreach (var (date, span) in DateText.In(head, document.Language))
        {
            var start = head.LastIndexOf('\n', Math.Max(0, span.Start - 1)) + 1;
            var end = head.IndexOf('\n', span.End) is >= 0 and var at ? at : head.Length;
            var before = head[Math.Min(start, span.Start)..span.Start];
            if (Elsewhere().IsMatch(before))
            {
                continue;
            }

            if (Cue().IsMatch(before))
            {
                return Finding(date) with { Spans = [span] };
            }

            alone ??= end - start <= ShortLine ? Finding(date) with { Spans = [span] } : null;
        }

        return alone;
    }

    private DocumentFinding Finding(DateOnly date) => new("date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Name);

    // close before the date
    [GeneratedRegex(@"(?:\b(?:dated?|published|posted|issued|released|updated|revised|revision|effective|as of|sent|datum|stand|veröffentlicht|erstellt|aktualisiert|gültig ab|vom|publié|publiée|mis à jour|fecha|publicado|actualizado)\b)[^.!?\d]{0,20}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cue();

    // of reading something, of a person, of what is over
    [GeneratedRegex(@"\b(?:retrieved|accessed|born|died|copyright|abgerufen|geboren|gestorben|consulté|né|née|consultado|nacido|expires?|until|bis)\b[^\n]{0,40}$|©[^\n]{0,40}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();
}
