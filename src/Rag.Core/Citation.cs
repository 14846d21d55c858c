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
    /// <summary>1-based page on which the quote begins, or <see langword="null"/> where the format has no pages.</summary>
    public int? Page => Chunk.Pages?.At(Source.Start);

    /// <summary>1-based line of the source file on which the quote begins, or <see langword="null"/> where the format has no lines.</summary>
    public int? Line => Chunk.Lines?.At(Source.Start);

    /// <summary>Where the quote stands on the pages, one rectangle for each line, in reading order; empty where the format does not say.</summary>
    public IReadOnlyList<PageBox> Boxes => Chunk.Boxes?.Within(Source) ?? [];
}
