namespace Rag.Pdf.Files;

/// <summary>What the cross-reference sections of a file say, all revisions together.</summary>
/// <param name="Trailers">Trailer dictionaries, newest first.</param>
/// <param name="IsSound">Whether everything was found where it was said to be.</param>
internal sealed record CrossReferences(IReadOnlyList<PdfDictionary> Trailers, bool IsSound);
