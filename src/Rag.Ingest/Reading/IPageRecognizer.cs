namespace Rag.Ingest.Reading;

/// <summary>Finds the text on a scanned page (optical character recognition). None is built in: give one to <see cref="PdfReader"/>.</summary>
public interface IPageRecognizer
{
    /// <summary>The text of a page, or <see langword="null"/> when it cannot be told: then the page stays empty and is named in <see cref="Document.Warnings"/>.</summary>
    /// <param name="page">Which page of which file. Rendering it is the recognizer's part.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<RecognizedPage?> RecognizeAsync(ScannedPage page, CancellationToken cancellationToken = default);
}

/// <summary>A page that is an image without text.</summary>
/// <param name="File">The whole PDF.</param>
/// <param name="Password">What opens it; <see langword="null"/> when it needs none.</param>
/// <param name="Number">1-based page.</param>
/// <param name="Width">Width as displayed, in points.</param>
/// <param name="Height">Height as displayed, in points.</param>
public sealed record ScannedPage(ReadOnlyMemory<byte> File, string? Password, int Number, double Width, double Height);

/// <summary>What a recognizer read.</summary>
/// <param name="Text">The text in reading order; a blank line separates paragraphs.</param>
/// <param name="Words">Where its words stand: spans count in <paramref name="Text"/>, ascending and not overlapping; boxes lie on the page that was asked for, whatever page they name.</param>
public sealed record RecognizedPage(string Text, IReadOnlyList<WordBox> Words);
