using Rag.Pdf.Fonts;

namespace Rag.Pdf.Tests.Fonts;

public sealed class CharacterCollectionTests
{
    // CIDs read off Adobe's cmap-resources
    [Theory]
    [InlineData("Adobe-Japan1", 34, "A")]
    [InlineData("Adobe-Japan1", 843, "あ")]
    [InlineData("Adobe-Japan1", 1125, "亜")]
    [InlineData("Adobe-GB1", 940, "啊")]
    [InlineData("Adobe-CNS1", 595, "一")]
    [InlineData("Adobe-Korea1", 1086, "가")]
    [InlineData("Adobe-KR", 221, "가")]
    public void TextOf_and_CidOf_are_inverse(string name, int cid, string text)
    {
        var collection = CharacterCollection.Find(name)!;

        Assert.Equal(text, collection.TextOf(cid));
        Assert.Equal(cid, collection.CidOf(text));
    }

    [Fact]
    public void TextOf_outside_the_collection_is_absent()
    {
        var japanese = CharacterCollection.Find("Adobe-Japan1")!;

        Assert.Null(japanese.TextOf(0));
        Assert.Null(japanese.TextOf(-1));
        Assert.Null(japanese.TextOf(65535));
        Assert.Null(japanese.CidOf("ab"));
    }

    [Fact]
    public void Find_knows_only_published_collections() => Assert.Null(CharacterCollection.Find("Adobe-Identity"));
}
