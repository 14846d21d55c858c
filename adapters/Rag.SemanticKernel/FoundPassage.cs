namespace Rag.SemanticKernel;

/// <summary>A passage as a model reads it. A record and no text of ours, so that no document can forge the borders between passages.</summary>
/// <param name="Number">From 1, within one result.</param>
/// <param name="Document">Id of the document.</param>
/// <param name="Title">Title of the document; may be empty.</param>
/// <param name="Section">Heading path, such as <c>Install &gt; Linux</c>; may be empty.</param>
/// <param name="Page">1-based page on which the passage begins, or <see langword="null"/> where the format has none.</param>
/// <param name="Line">1-based line on which it begins, or <see langword="null"/> where the format has none.</param>
/// <param name="Text">The passage, verbatim.</param>
public sealed record FoundPassage(int Number, string Document, string Title, string Section, int? Page, int? Line, string Text)
{
    internal static FoundPassage Of(Chunk chunk, int number) =>
        new(number, chunk.DocumentId, chunk.Title, chunk.Context, chunk.Pages?.At(chunk.Span.Start), chunk.Lines?.At(chunk.Span.Start), chunk.Text);
}
