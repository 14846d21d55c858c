using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Testing;

namespace Rag.Core.Tests.Citations;

public sealed class CitationAnnotationsTests
{
    [Theory]
    [InlineData("https://example.org/guide", "https://example.org/guide")]
    [InlineData("guide.md", null)]
    [InlineData(null, null)]
    public void ToAnnotation_carries_title_document_address_quote_and_mark(string? path, string? address)
    {
        var chunk = Passages.Chunk("guide.md", "Water the fern daily.") with { Title = "Ferns", Path = path };
        var citation = new Citation(1, new(10, 13), chunk, chunk.Span, chunk.Text, 1);

        var annotation = citation.ToAnnotation();

        Assert.Equal(("Ferns", "guide.md", "Water the fern daily."), (annotation.Title, annotation.FileId, annotation.Snippet));
        Assert.Equal(address, annotation.Url?.ToString());
        var region = Assert.IsType<TextSpanAnnotatedRegion>(Assert.Single(annotation.AnnotatedRegions!));
        Assert.Equal((10, 13), (region.StartIndex, region.EndIndex));
    }
}
