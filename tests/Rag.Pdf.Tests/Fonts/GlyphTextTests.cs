using Rag.Pdf.Fonts;

namespace Rag.Pdf.Tests.Fonts;

public sealed class GlyphTextTests
{
    [Theory]
    [InlineData("A", "A")]
    [InlineData("\uFB01", "fi")]
    [InlineData("\uFB00", "ff")]
    [InlineData("\uFB02", "fl")]
    [InlineData("\uFB03", "ffi")]
    [InlineData("\uFB04", "ffl")]
    [InlineData("\uFB05", "st")]
    [InlineData("\uFB06", "st")]
    [InlineData("\u00AD", "\u00AD")]
    [InlineData("\u00A0", "\u00A0")]
    [InlineData("\uFF21", "\uFF21")]
    [InlineData("Å", "Å")]
    [InlineData("A\u030A", "A\u030A")]
    [InlineData("\t", " ")]
    [InlineData("\r\n", "  ")]
    [InlineData("\U00020000", "\U00020000")]
    [InlineData("\uFEFFa", "a")]
    [InlineData("a\0b", "ab")]
    public void Clean_keeps_what_can_be_searched(string text, string clean) => Assert.Equal(clean, GlyphText.Clean(text));

    // Unicode's compatibility decompositions of these code points
    [Theory]
    [InlineData("\uFE8D", "\u0627")]
    [InlineData("\uFEFB", "\u0644\u0627")]
    [InlineData("\uFEDF", "\u0644")]
    [InlineData("\uFB56", "\u067E")]
    [InlineData("\uFBFC", "\u06CC")]
    [InlineData("\uFDF2", "\u0627\u0644\u0644\u0647")]
    public void Clean_takes_arabic_forms_to_their_letters(string form, string letters) => Assert.Equal(letters, GlyphText.Clean(form));

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\u0007")]
    [InlineData("\u0085")]
    [InlineData("\uE123")]
    [InlineData("\U000F0001")]
    [InlineData("\U00100001")]
    [InlineData("\uFFFD")]
    [InlineData("\uFFFF")]
    [InlineData("\uFDD0")]
    public void Clean_of_what_means_nothing_is_absent(string text) => Assert.Null(GlyphText.Clean(text));

    // not in the theory above: lone surrogates cannot be written into a test's name
    [Fact]
    public void Clean_of_a_lone_surrogate_is_absent()
    {
        Assert.Null(GlyphText.Clean("\uD800"));
        Assert.Equal("a", GlyphText.Clean("\uDC00a"));
    }

    [Fact]
    public void Clean_gives_the_same_string_each_time_for_latin_characters() => Assert.Same(GlyphText.Clean("é"), GlyphText.Clean("é"));
}
