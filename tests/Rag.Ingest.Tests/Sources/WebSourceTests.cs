using System.IO.Compression;
using System.Text;
using Rag.Ingest.Sources;
using Rag.Testing;
using static Rag.Ingest.Tests.Sources.WebCrawls;

namespace Rag.Ingest.Tests.Sources;

public sealed class WebSourceTests
{
    private readonly WebCrawls _web = new();

    [Fact]
    public async Task Pages_are_documents_whose_id_and_path_are_their_address()
    {
        _web.Site.Page(Home, Html("Herons fish.", "a.html#part", "/b?x=1", "https://other.test/", "mailto:a@b", "a.html"))
            .Page(Home + "a.html", Html("Otters swim.", "/"))
            .Page(Home + "b?x=1", Html("Owls hunt."));

        var report = await _web.CrawlAsync();

        Assert.Equal((3, 0), (report.Added, report.Failed.Count));
        Assert.Equal([Home, Home + "a.html", Home + "b?x=1"], await _web.IdsAsync());
        Assert.Equal([Home, Home + "a.html", Home + "b?x=1"], _web.Site.Asked);
        var page = (await _web.Store.GetDocumentAsync(Home + "a.html"))!;
        Assert.Equal((Home + "a.html", "text/html", "Otters swim."), (page.Path, page.MediaType, page.Title));
    }

    [Fact]
    public async Task Depth_and_number_of_pages_end_a_crawl_and_only_the_number_is_told()
    {
        foreach (var i in Enumerable.Range(0, 10))
        {
            _web.Site.Page(i == 0 ? Home : $"{Home}{i}", Html($"Page {i}.", $"/{i + 1}"));
        }

        Assert.Equal((3, 0), await Counts(new() { MaxDepth = 2 }));
        Assert.Equal((5, 1), await Counts(new() { MaxDepth = 20, MaxPages = 5 }));

        async Task<(int, int)> Counts(WebLimits limits)
        {
            var report = await _web.CrawlAsync(new(new(Home), () => new(_web.Site, false), _web.Time) { Limits = limits });
            return (report.Added + report.Unchanged, report.Warnings.Count);
        }
    }

    [Fact]
    public async Task An_unchanged_page_is_not_sent_again_and_its_links_are_still_followed()
    {
        _web.Site.Page(Home, Html("Herons fish.", "/a", "/gone"), ("ETag", "\"1\""))
            .Page(Home + "a", Html("Otters swim.", "/b"), ("Last-Modified", "Fri, 27 Nov 2026 10:00:00 GMT"))
            .Page(Home + "b", Html("Owls hunt."));
        await _web.CrawlAsync();
        var replaced = _web.Store.Replacements;
        _web.Site.Page(Home + "gone", Html("It is there now."));

        var report = await _web.CrawlAndDeleteAsync();

        Assert.Equal([Home, Home + "a", Home + "gone", Home + "b"], _web.Site.Asked);
        Assert.Equal([304, 304, 200, 200], _web.Site.Answered);
        Assert.Equal((1, 3, 0, replaced + 1), (report.Added, report.Unchanged, report.Deleted, _web.Store.Replacements));
    }

    [Fact]
    public async Task A_page_is_sent_again_when_settings_change()
    {
        _web.Site.Page(Home, Html("Herons fish."), ("ETag", "\"1\""));
        await _web.CrawlAsync();

        var report = await _web.CrawlAsync(null, new() { Tags = new Dictionary<string, string> { ["k"] = "v" } });

        Assert.Equal((1, 200), (report.Updated, Assert.Single(_web.Site.Answered)));
    }

    [Fact]
    public async Task A_new_validator_replaces_the_label_and_nothing_is_embedded_again()
    {
        var web = new WebCrawls { Embedder = new() };
        web.Site.Page(Home, Html("Herons fish."), ("ETag", "\"1\""));
        await web.CrawlAsync();
        web.Site.Page(Home, Html("Herons fish."), ("ETag", "\"2\""));

        var report = await web.CrawlAsync();

        Assert.Equal((1, 1), (report.Unchanged, web.Embedder.Texts.Count));
        Assert.Equal("\"2\"", (await web.Store.GetDocumentAsync(Home))!.Tags["etag"]);
        Assert.Equal("\"2\"", Assert.Single(web.Store.Chunks()).Chunk.Tags["etag"]);
        await web.CrawlAsync();
        Assert.Equal([304], web.Site.Answered);
        web.Site.Page(Home, Html("Herons fish."));
        await web.CrawlAsync();
        Assert.Equal(["crawl"], (await web.Store.GetDocumentAsync(Home))!.Tags.Keys);
    }

    [Fact]
    public async Task Pages_that_are_gone_or_not_led_to_are_deleted_after_a_complete_crawl_only()
    {
        _web.Site.Page(Home, Html("Herons fish.", "/a", "/b", "/c")).Page(Home + "a", Html("A.")).Page(Home + "b", Html("B.")).Page(Home + "c", Html("C."));
        await _web.CrawlAsync();
        _web.Site.Page(Home, Html("Herons fish.", "/a", "/b")).Status(Home + "a", 410).Status(Home + "b", 500);

        Assert.Equal((0, 1), Counts(await _web.CrawlAndDeleteAsync()));
        _web.Site.Page(Home + "b", Html("B."));
        Assert.Equal((0, 0), Counts(await _web.CrawlAndDeleteAsync(new(new(Home), () => new(_web.Site, false), _web.Time) { Limits = new() { MaxPages = 2 } })));
        Assert.Equal((0, 0), Counts(await _web.CrawlAsync()));
        Assert.Equal(4, (await _web.IdsAsync()).Count);
        Assert.Equal((2, 0), Counts(await _web.CrawlAndDeleteAsync()));
        Assert.Equal([Home, Home + "b"], await _web.IdsAsync());

        static (int, int) Counts(SyncReport report) => (report.Deleted, report.Failed.Count);
    }

    [Fact]
    public async Task A_page_that_only_an_unchanged_page_leads_to_is_not_gone()
    {
        _web.Site.Page(Home, Html("Herons fish.", "/a", "/b")).Page(Home + "a", Html("A.", "/x"), ("ETag", "\"a\"")).Page(Home + "b", Html("B.", "/x"), ("ETag", "\"b\"")).Page(Home + "x", Html("X."));
        await _web.CrawlAsync();
        _web.Site.Page(Home + "a", Html("A does not lead on."), ("ETag", "\"a2\""));

        var report = await _web.CrawlAndDeleteAsync();

        Assert.Equal((0, 1, 3), (report.Deleted, report.Updated, report.Unchanged));
        Assert.Equal([200, 200, 304, 200, 200], _web.Site.Answered);
        await _web.CrawlAndDeleteAsync();
        Assert.Equal([200, 304, 304, 200], _web.Site.Answered);
    }

    [Fact]
    public async Task Pages_of_another_crawl_and_of_another_tenant_are_left()
    {
        _web.Site.Page(Home, Html("Herons fish.")).Page(Home + "other", Html("Otters swim.")).Page(Home + "third", Html("Owls hunt."));
        await _web.CrawlAsync(_web.Source(Home + "other"));
        await _web.CrawlAsync(_web.Source(Home + "third"), new() { Tenant = "t" });

        await _web.CrawlAndDeleteAsync();

        Assert.Equal([Home, Home + "other"], await _web.IdsAsync());
    }

    [Fact]
    public async Task Robots_noindex_nofollow_and_canonical_are_heeded()
    {
        _web.Site.Page(Home + "robots.txt", "User-agent: *\nDisallow: /secret")
            .Page(Home, Html("Herons fish.", "/secret", "/unlisted", "/header", "/closed", "/twin", "/a") + "<a rel='external nofollow' href=/untold>no</a>")
            .Page(Home + "unlisted", "<meta name=robots content='noindex'>" + Html("Unlisted.", "/behind"))
            .Page(Home + "behind", Html("Behind."))
            .Page(Home + "header", Html("Header."), ("X-Robots-Tag", "otherbot: nofollow"), ("X-Robots-Tag", "noindex"))
            .Page(Home + "closed", "<meta name=RAG content='NoFollow'>" + Html("Closed.", "/hidden"))
            .Page(Home + "twin", "<link rel=canonical href='/proper'>" + Html("Twin."))
            .Page(Home + "proper", "<link rel=canonical href='/twin'>" + Html("Proper."))
            .Page(Home + "a", "<link rel=canonical href='https://other.test/a'>" + Html("A."));
        foreach (var page in (string[])["secret", "untold", "hidden"])
        {
            _web.Site.Page(Home + page, Html("Never."));
        }

        var report = await _web.CrawlAsync();

        Assert.Empty(report.Failed);
        Assert.Equal([Home, Home + "a", Home + "behind", Home + "closed", Home + "proper"], await _web.IdsAsync());
    }

    [Fact]
    public async Task Without_robots_txt_everything_is_allowed_and_without_an_answer_nothing()
    {
        _web.Site.Page(Home, Html("Herons fish."));
        Assert.Equal(1, (await _web.CrawlAsync()).Added);
        _web.Site.Status(Home + "robots.txt", 503);

        var report = await _web.CrawlAndDeleteAsync();

        Assert.Equal((0, Home), (report.Deleted, Assert.Single(report.Failed).Path));
        Assert.Contains("robots.txt answered 503", report.Failed[0].Error, StringComparison.Ordinal);
        Assert.Empty(_web.Site.Asked);
    }

    [Fact]
    public async Task Crawl_delay_is_waited_for_between_requests()
    {
        _web.Site.Page(Home + "robots.txt", "User-agent: rag\nCrawl-delay: 3600").Page(Home, Html("Herons fish.", "/a")).Page(Home + "a", Html("A."));

        var crawl = _web.CrawlAsync();
        await WaitUntilAsync(() => _web.Time.UntilNext == TimeSpan.FromSeconds(10));
        Assert.Equal([Home], _web.Site.Asked);
        _web.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(2, (await crawl).Added);
    }

    [Fact]
    public async Task Redirects_lead_to_the_address_that_is_kept()
    {
        _web.Site.Redirect(Home, "/en/").Page(Home + "en/", Html("Herons fish.", "/old", "/en/", "/away")).Redirect(Home + "old", "/new").Page(Home + "new", Html("Otters swim.")).Redirect(Home + "away", "https://other.test/");

        var report = await _web.CrawlAsync();

        Assert.Equal([Home + "en/", Home + "new"], await _web.IdsAsync());
        Assert.Empty(report.Failed);
        _web.Site.Redirect(Home, "https://www.site.test/");
        Assert.Contains("(--allow-host)", Assert.Single((await _web.CrawlAsync()).Failed).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowed_hosts_are_crawled_too()
    {
        _web.Site.Page(Home, Html("Herons fish.", "https://docs.site.test/a", "http://docs.site.test/b")).Page("https://docs.site.test/a", Html("A.")).Page("http://docs.site.test/b", Html("B."));

        await _web.CrawlAsync(new(new(Home), () => new(_web.Site, false), _web.Time) { Hosts = ["*.site.test"] });

        Assert.Equal(["https://docs.site.test/a", Home], await _web.IdsAsync());
    }

    [Fact]
    public async Task Sitemaps_are_read_packed_and_in_indexes()
    {
        _web.Site.Page(Home + "robots.txt", "Sitemap: https://site.test/index.xml")
            .Page(Home, Html("Herons fish."))
            .Page(Home + "index.xml", "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://site.test/one.xml.gz</loc></sitemap><sitemap><loc>https://site.test/index.xml</loc></sitemap></sitemapindex>")
            .Bytes(Home + "one.xml.gz", Gzip("<urlset><url><loc> https://site.test/a </loc><lastmod>2026</lastmod></url><url><loc><![CDATA[https://site.test/b?x=1&y=2]]></loc></url><url><loc>https://other.test/c</loc></url></urlset>"))
            .Page(Home + "a", Html("A.")).Page(Home + "b?x=1&y=2", Html("B."));

        var report = await _web.CrawlAsync(new(new(Home), () => new(_web.Site, false), _web.Time) { Sitemap = "auto", Limits = new() { MaxDepth = 0 } });
        var direct = await _web.CrawlAsync(_web.Source(Home + "index.xml"));

        Assert.Equal((3, 0), (report.Added, report.Failed.Count));
        Assert.Equal([Home, Home + "a", Home + "b?x=1&y=2"], await _web.IdsAsync());
        Assert.Equal((2, 0), (direct.Unchanged, direct.Failed.Count));
    }

    [Fact]
    public async Task A_sitemap_that_is_asked_for_and_not_there_is_a_failure()
    {
        _web.Site.Page(Home, Html("Herons fish."));

        var report = await _web.CrawlAsync(new(new(Home), () => new(_web.Site, false), _web.Time) { Sitemap = "auto" });

        Assert.Equal("https://site.test/sitemap.xml", Assert.Single(report.Failed).Path);
        Assert.Equal(1, report.Added);
    }

    [Fact]
    public async Task Entries_of_an_archive_are_told_from_pages_below_its_address()
    {
        _web.Site.Page(Home, Html("Herons fish.", "/a.zip", "/docs", "/docs/x", "/a.zip/x.txt"))
            .Bytes(Home + "a.zip", ArchiveFiles.Zip(("x.txt", "Otters swim.")))
            .Page(Home + "docs", Html("Docs.")).Page(Home + "docs/x", Html("Below.")).Page(Home + "a.zip/x.txt", Html("No entry."));
        await _web.CrawlAsync();

        Assert.Equal([Home, Home + "a.zip", Home + "a.zip#/x.txt", Home + "a.zip/x.txt", Home + "docs", Home + "docs/x"], await _web.IdsAsync());
        _web.Site.Page(Home + "docs", Html("Docs, new."));
        Assert.Equal((1, 0, 5), await Counts());
        Assert.Equal([Home + "docs"], await _web.Store.DeleteWithEntriesAsync(Home + "docs"));
        Assert.Equal([Home + "a.zip#/x.txt", Home + "a.zip"], await _web.Store.DeleteWithEntriesAsync(Home + "a.zip"));

        async Task<(int, int, int)> Counts() => await _web.CrawlAndDeleteAsync() is var report ? (report.Updated, report.Deleted, report.Unchanged) : default;
    }

    [Fact]
    public async Task The_declared_charset_is_believed_unless_the_bytes_are_utf8()
    {
        var cyrillic = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes(Html("Цапли ловят рыбу, а выдры плавают."));
        _web.Site.Bytes(Home, cyrillic, ("Content-Type", "text/html; charset=windows-1251"))
            .Bytes(Home + "wrong", Encoding.UTF8.GetBytes(Html("Größe und Maß.")), ("Content-Type", "text/html; charset=shift_jis"));

        await _web.CrawlAsync();
        await _web.CrawlAsync(_web.Source(Home + "wrong"));

        Assert.Equal("Цапли ловят рыбу, а выдры плавают.", (await _web.Store.GetDocumentAsync(Home))!.Title);
        Assert.Equal("Größe und Maß.", (await _web.Store.GetDocumentAsync(Home + "wrong"))!.Title);
    }

    [Theory]
    [InlineData("ftp://site.test/")]
    [InlineData("https://user@site.test/")]
    [InlineData("docs/")]
    public void What_is_no_address_of_a_page_is_refused(string start) => Assert.Throws<ArgumentException>(() => new WebSource(new(start, UriKind.RelativeOrAbsolute)));

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static async Task WaitUntilAsync(Func<bool> isTrue)
    {
        while (!isTrue())
        {
            await Task.Yield();
        }
    }
}
