namespace Rag.Pdf.Files;

/// <summary>What the objects of one file share while they are parsed.</summary>
/// <param name="Objects">Where the references of what is parsed lead.</param>
/// <param name="Names">Known names.</param>
/// <param name="Warnings">Takes what was wrong.</param>
internal sealed record ParseContext(IPdfObjects Objects, NameCache Names, PdfWarnings Warnings);
