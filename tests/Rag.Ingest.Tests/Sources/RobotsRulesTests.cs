using System.Text;
using Rag.Ingest.Sources.Web;

namespace Rag.Ingest.Tests.Sources;

public sealed class RobotsRulesTests
{
    // the examples of RFC 9309, sections 5.1 and 5.2, and of 2.2.3
    [Theory]
    [InlineData("/publications/", true)]
    [InlineData("/example/page.html", true)]
    [InlineData("/example/disallowed.gif", false)]
    public void The_longest_rule_counts(string path, bool expected) =>
        Assert.Equal(expected, Allows("User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\nUser-agent: rag\nAllow: /example/page.html\nDisallow: /example/disallowed.gif", path));

    [Theory]
    [InlineData("Disallow: /", "/a", false)]
    [InlineData("Disallow:", "/a", true)]
    [InlineData("Allow: /p\nDisallow: /", "/page", true)]
    [InlineData("Allow: /page\nDisallow: /*.htm", "/page.htm", false)]
    [InlineData("Allow: /page\nDisallow: /page", "/page", true)]
    [InlineData("Allow: /$\nDisallow: /", "/", true)]
    [InlineData("Allow: /$\nDisallow: /", "/page.htm", false)]
    [InlineData("Disallow: /fish*.php", "/fish/heron.php?x=1", false)]
    [InlineData("Disallow: /*.php$", "/a.php?x=1", true)]
    [InlineData("Disallow: /*.php$", "/a.php.php", false)]
    [InlineData("Disallow: /a*b*c", "/a-c-b", true)]
    [InlineData("Disallow: /a*$", "/abc", false)]
    [InlineData("Disallow: /é", "/%c3%a9t%C3%A9", false)]
    [InlineData("Disallow: /%7Euser", "/~user/a", false)]
    [InlineData("disallow : /a # a comment", "/a", false)]
    [InlineData("Disallow: /A", "/a", true)]
    [InlineData("nonsense\nDisallow: /a", "/a", false)]
    public void Rules_match_as_the_standard_says(string rules, string path, bool expected) => Assert.Equal(expected, Allows($"User-agent: *\n{rules}", path));

    [Fact]
    public void The_group_of_this_product_goes_before_that_of_all_and_groups_of_one_name_are_one()
    {
        const string Text = "User-agent: other\nUser-agent: RAG\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\nCrawl-delay: 7\n\nUser-agent: rag\nSitemap: https://site.test/map.xml\nDisallow: /c\nCrawl-delay: 0.5";

        Assert.Equal([false, true, false], ((string[])["/a", "/b", "/c"]).Select(path => Allows(Text, path)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), Parse(Text).Delay);
        Assert.Equal(["https://site.test/map.xml"], Parse(Text).Sitemaps);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("1e9", 0)]
    [InlineData("-1", 0)]
    [InlineData("NaN", 0)]
    [InlineData("999999999999999999999999", 10)]
    public void Crawl_delay_has_a_cap(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Parse($"User-agent: *\nCrawl-delay: {value}").Delay);

    [Fact]
    public void Nothing_is_forbidden_by_noise()
    {
        var random = new Random(1);
        var bytes = new char[20_000];
        foreach (ref var c in bytes.AsSpan())
        {
            c = (char)random.Next(32, 1000);
        }

        Assert.True(Allows(new string(bytes), "/a"));
        Assert.True(Allows("", "/a"));
    }

    private static bool Allows(string text, string path) => Parse(text).Allows(WebAddress.Of("https://site.test" + path)!);

    private static RobotsRules Parse(string text) => RobotsRules.Parse(Encoding.UTF8.GetBytes(text));
}
