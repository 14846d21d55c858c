namespace Rag;

/// <summary>A checked pointer from a mark in an answer to the words in a source that support it.</summary>
/// <param name="Number">The number in the mark, from 1; the <see cref="Passage.Number"/> of the passage.</param>
/// <param name="Mark">Where the mark, such as <c>[1]</c>, stands in <see cref="Answer.Text"/>.</param>
/// <param name="Chunk">The stored passage that is cited.</param>
/// <param name="Source">Where the quote stands in <see cref="Document.Text"/>; inside <see cref="Rag.Chunk.Span"/>.</param>
/// <param name="Quote">The words at <paramref name="Source"/>, verbatim.</param>
/// <param name="Support">How well the quote supports the sentence, 0 (not at all) to 1 (word for word).</param>
public sealed record Citation(int Number, TextSpan Mark, Chunk Chunk, TextSpan Source, string Quote, double Support)
{
    /// <summary>1-based page (slide, sheet) on which the quote begins, or <see langword="null"/> where the format has no pages.</summary>
    public int? Page => Chunk.Pages?.At(Source.Start);

    /// <summary>1-based line of the source file on which the quote begins, or <see langword="null"/> where the format has no lines, or names in their place.</summary>
    public int? Line => Chunk.Lines is { Names: null } lines ? lines.At(Source.Start) : null;

    /// <summary>Where the quote stands, as the format names its places: <c>Prices!A2:D2</c>, <c>Prices!A2:D2 to Prices!A4:D4</c>, <c>00:01:02</c>; <see langword="null"/> where it has no names.</summary>
    public string? Place => Chunk.PlaceOf(Source);

    /// <summary>Where the quote stands on the pages, one rectangle for each line, in reading order; empty where the format does not say.</summary>
    public IReadOnlyList<PageBox> Boxes => Chunk.Boxes?.Within(Source) ?? [];
}
