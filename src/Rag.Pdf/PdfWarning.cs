namespace Rag.Pdf;

/// <summary>Something that was wrong in a file and was repaired or left out.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="Page">1-based page, or <see langword="null"/> where it concerns the whole file.</param>
public sealed record PdfWarning(string Message, int? Page = null);
