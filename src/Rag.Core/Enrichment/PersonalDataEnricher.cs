namespace Rag.Enrichment;

/// <summary>Marks documents that hold personal data, by form and checksum: e-mail addresses, phone numbers, IBANs, payment cards, addresses of hosts, social security numbers of the USA, tax numbers of Germany. No model. Safe for concurrent use.</summary>
/// <remarks>
/// Found is <c>pii</c> with the kind as its value, how often, and the first 32 places; never the data itself. It says that such a thing stands there, not whose it is: names and postal addresses are not looked for, and a document
/// without the finding may still be about people.
/// </remarks>
public sealed class PersonalDataEnricher : IDocumentEnricher
{
    private const int MaxSpans = 32;

    /// <summary>The kinds that are told apart, in order.</summary>
    public static IReadOnlyList<string> Kinds => PersonalDataScanner.Kinds;

    /// <inheritdoc/>
    public string Name => "pii-1";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        var found = PersonalDataScanner.Find(document.Text, cancellationToken).ToLookup(f => f.Kind, f => f.Span, StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<DocumentFinding>>(
        [
            .. Kinds.Where(found.Contains).Select(kind => new DocumentFinding("pii", kind, Name) { Count = found[kind].Count(), Spans = [.. found[kind].Order().Take(MaxSpans)] }),
        ]);
    }
}
