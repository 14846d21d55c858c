namespace Rag.Pdf;

/// <summary>What a file says of itself.</summary>
/// <param name="Title">Title, or <see langword="null"/>.</param>
/// <param name="Language">Language tag such as <c>en-US</c>, or <see langword="null"/>.</param>
public sealed record PdfMetadata(string? Title = null, string? Language = null);

/// <summary>A PDF file. Stands in until the file, font and content layers are there.</summary>
#pragma warning disable CA1822 // a stand-in
public sealed class PdfDocument
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="PdfException">Always, for now.</exception>
    public static PdfDocument Open(ReadOnlyMemory<byte> file, PdfOptions? options = null) => throw new PdfException("PDF files are not read yet.");

    /// <summary>What the file says of itself.</summary>
    public PdfMetadata Metadata => new();

    /// <summary>What was repaired or left out so far.</summary>
    public IReadOnlyList<PdfWarning> Warnings => [];

    /// <summary>The pages in order.</summary>
    public IAsyncEnumerable<PdfPage> ReadPagesAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<PdfPage>();
}
