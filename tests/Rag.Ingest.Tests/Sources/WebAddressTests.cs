using Rag.Ingest.Sources.Web;

namespace Rag.Ingest.Tests.Sources;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("HTTPS://Site.TEST:443/a/./b/../c#part", "https://site.test/a/c")]
    [InlineData("http://site.test:80", "http://site.test/")]
    [InlineData("http://site.test:8080/?", "http://site.test:8080/")]
    [InlineData("https://site.test./%c3%a9?q=%c3%a9&r=a%2fb", "https://site.test/%C3%A9?q=%C3%A9&r=a%2Fb")]
    [InlineData("https://site.test/é", "https://site.test/%C3%A9")]
    [InlineData("https://site.test/%7Euser/%2e%2e/x", "https://site.test/x")]
    [InlineData("https://münchen.test/", "https://xn--mnchen-3ya.test/")]
    [InlineData("https://[::1]:8443/a", "https://[::1]:8443/a")]
    [InlineData(" https://site.test/a b ", "https://site.test/a%20b")]
    public void Addresses_have_one_form(string given, string expected)
    {
        Assert.Equal(expected, WebAddress.Of(given)?.AbsoluteUri);
        Assert.Equal(expected, WebAddress.Of(expected)?.AbsoluteUri);
    }

    [Theory]
    [InlineData("ftp://site.test/")]
    [InlineData("//site.test/")]
    [InlineData("https://user:pass@site.test/")]
    [InlineData("https:///path")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_none_gives_nothing(string? given) => Assert.Null(WebAddress.Of(given));

    [Theory]
    [InlineData("b", "https://site.test/a/b")]
    [InlineData("../b?x#y", "https://site.test/b?x")]
    [InlineData("//other.test/b", "https://other.test/b")]
    [InlineData("?x=1", "https://site.test/a/?x=1")]
    [InlineData("", "https://site.test/a/")]
    public void Links_are_relative_to_their_page(string link, string expected) => Assert.Equal(expected, WebAddress.Of(link, new("https://site.test/a/"))?.AbsoluteUri);
}
