using Rag.Pdf.Files;

namespace Rag.Pdf.Tests;

/// <summary>Objects without a file: every reference leads nowhere.</summary>
internal sealed class Direct : IPdfObjects
{
    public static Direct Objects { get; } = new();

    public PdfObject? Resolve(PdfObject? value) => value is PdfReference ? null : value;
}
