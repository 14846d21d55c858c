namespace Rag.SemanticKernel;

/// <summary>An <see cref="Answer"/> as a model reads it.</summary>
/// <param name="Text">The answer with marks such as <c>[1]</c>; when abstained, a sentence that says so.</param>
/// <param name="Abstained">Whether the question was left unanswered.</param>
/// <param name="Reason">Why it was left unanswered; <see langword="null"/> for an answer.</param>
/// <param name="Citations">In the order of their marks; empty when abstained.</param>
public sealed record CheckedAnswer(string Text, bool Abstained, string? Reason, IReadOnlyList<CheckedCitation> Citations)
{
    internal static CheckedAnswer Of(Answer answer) => new(answer.Text, answer.Abstained, answer.Reason, [.. answer.Citations.Select(CheckedCitation.Of)]);
}

/// <summary>A <see cref="Citation"/> as a model reads it.</summary>
/// <param name="Number">The number in the mark.</param>
/// <param name="Document">Id of the document.</param>
/// <param name="Title">Title of the document; may be empty.</param>
/// <param name="Page">1-based page on which the quote begins, or <see langword="null"/> where the format has none.</param>
/// <param name="Line">1-based line on which it begins, or <see langword="null"/> where the format has none.</param>
/// <param name="Start">Where the quote begins in <see cref="Document.Text"/>, in UTF-16 code units.</param>
/// <param name="End">One past its last code unit.</param>
/// <param name="Quote">The words from <paramref name="Start"/> to <paramref name="End"/>, verbatim.</param>
public sealed record CheckedCitation(int Number, string Document, string Title, int? Page, int? Line, int Start, int End, string Quote)
{
    internal static CheckedCitation Of(Citation citation) =>
        new(citation.Number, citation.Chunk.DocumentId, citation.Chunk.Title, citation.Page, citation.Line, citation.Source.Start, citation.Source.End, citation.Quote);
}
