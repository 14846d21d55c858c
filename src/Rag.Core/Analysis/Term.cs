namespace Rag.Analysis;

/// <summary>A term of a text, kept.</summary>
/// <param name="Text">The term in index form (folded, stemmed).</param>
/// <param name="Position">Place among the text's words, from 0; words left out (stop words) leave a gap.</param>
/// <param name="Span">Where the word stands in the text.</param>
public sealed record Term(string Text, int Position, TextSpan Span);
