using Rag.Enrichment;

namespace Rag.Core.Tests.Enrichment;

public sealed class LanguageEnricherTests
{
    [Theory]
    [InlineData("The heron stands in the shallow water and waits for the fish that it has seen.", "en", "en")]
    [InlineData("Der Reiher steht im flachen Wasser und wartet auf den Fisch, den er gesehen hat.", "en", "de")]
    [InlineData("Der Reiher steht im flachen Wasser und wartet auf den Fisch, den er gesehen hat.", null, "de")]
    [InlineData("x1 = y2", "de", null)]
    public async Task Language_is_that_of_the_text_whatever_is_said_of_it(string text, string? said, string? found)
    {
        var findings = await new LanguageEnricher().FindAsync(new("d", "", text, []) { Language = said }, TestContext.Current.CancellationToken);

        Assert.Equal(found is null ? [] : [("language", found, "language-1")], findings.Select(f => (f.Name, f.Value, f.Source)));
    }

    [Fact]
    public async Task Cancellation_throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new LanguageEnricher().FindAsync(new("d", "", "words", []), new(canceled: true)));
}
