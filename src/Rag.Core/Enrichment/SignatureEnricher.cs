namespace Rag.Enrichment;

/// <summary>Gives each document a signature by which near-duplicates are told without reading texts. No model. Safe for concurrent use.</summary>
/// <remarks>Found is <c>signature</c>, the bytes of <see cref="MinHash"/> in base64; none for a text of fewer than 20 words. Whether a document nearly duplicates another is found out by <see cref="NearDuplicates"/>.</remarks>
public sealed class SignatureEnricher : IDocumentEnricher
{
    /// <summary>Name of the finding.</summary>
    public const string Signature = "signature";

    /// <summary>Method and version of the signature; only signatures of one method compare.</summary>
    internal const string Method = "minhash-1";

    /// <inheritdoc/>
    public string Name => Method;

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<DocumentFinding>>(MinHash.Of(document.Text, cancellationToken) is { } signature ? [new(Signature, Convert.ToBase64String(signature), Name)] : []);
    }

    /// <summary>The signature among findings; <see langword="null"/> where there is none.</summary>
    internal static byte[]? In(IReadOnlyList<DocumentFinding> findings)
    {
        var value = findings.FirstOrDefault(f => f is { Name: Signature, Source: Method })?.Value;
        var signature = new byte[MinHash.Length];
        return value is not null && Convert.TryFromBase64String(value, signature, out var written) && written == MinHash.Length ? signature : null;
    }
}
