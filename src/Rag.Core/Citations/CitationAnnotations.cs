using Microsoft.Extensions.AI;

namespace Rag.Citations;

/// <summary>Citations in the form of Microsoft.Extensions.AI.</summary>
public static class CitationAnnotations
{
    /// <summary>The citation as an annotation of the answer's text: the mark is the annotated region, the quote the snippet, the document's id the file id.</summary>
    /// <remarks>The address is the document's path where that is an absolute address (a rooted file path gives a <c>file:</c> address); otherwise none.</remarks>
    public static CitationAnnotation ToAnnotation(this Citation citation)
    {
        ArgumentNullException.ThrowIfNull(citation);
        return new()
        {
            Title = citation.Chunk.Title,
            FileId = citation.Chunk.DocumentId,
            Url = Uri.TryCreate(citation.Chunk.Path, UriKind.Absolute, out var address) ? address : null,
            Snippet = citation.Quote,
            AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = citation.Mark.Start, EndIndex = citation.Mark.End }],
        };
    }
}
