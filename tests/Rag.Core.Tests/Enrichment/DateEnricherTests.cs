using System.Globalization;
using Rag.Enrichment;

namespace Rag.Core.Tests.Enrichment;

public sealed class DateEnricherTests
{
    [Theory]
    [InlineData("Date: 2024-03-31", "2024-03-31")]
    [InlineData("Published March 5th, 2021", "2021-03-05")]
    [InlineData("Updated 5 Sept. 2021", "2021-09-05")]
    [InlineData("the 3rd of May 1999", "1999-05-03")]
    [InlineData("Stand: 3. März 2021", "2021-03-03")]
    [InlineData("Berlin, den 1. Jänner 2020", "2020-01-01")]
    [InlineData("Publié le 1er août 2019", "2019-08-01")]
    [InlineData("Le 14 décembre 2020", "2020-12-14")]
    [InlineData("Fecha: 12 de octubre de 2018", "2018-10-12")]
    [InlineData("31.12.2020", "2020-12-31")]
    [InlineData("Datum: 1. 2. 2020", "2020-02-01")]
    [InlineData("Date: 25/12/2020", "2020-12-25")]
    [InlineData("Date: 12/25/2020", "2020-12-25")]
    [InlineData("Date: 04/04/2020", "2020-04-04")]
    [InlineData("Report\n2020/07/01\nText", "2020-07-01")]
    public async Task A_date_is_read_as_people_write_it(string text, string date)
    {
        var finding = Assert.Single(await FindAsync(Of(text)));

        Assert.Equal(("date", date, "date-1"), (finding.Name, finding.Value, finding.Source));
        Assert.Contains(date[..4], Assert.Single(finding.Spans).Of(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Date: 03/04/2021")] // either way round
    [InlineData("Date: 2021-02-30")]
    [InlineData("Date: 31.04.2021")]
    [InlineData("Date: 1850-01-01 or 2150-01-01")]
    [InlineData("Retrieved 2021-03-04")]
    [InlineData("© 1 May 2021 by the authors")]
    [InlineData("She was born on 14 March 1979 in Ulm and moved to another town after the end of the school year.")]
    [InlineData("In the long course of the events that followed, the treaty of 3 May 2001 was signed by both of the parties.")]
    [InlineData("version 1.2.2020.4")]
    [InlineData("Date: 13/13/2020")]
    [InlineData("")]
    public async Task What_is_no_date_of_the_document_is_left_out(string text) => Assert.Empty(await FindAsync(Of(text)));

    [Fact]
    public async Task An_ambiguous_date_counts_where_language_or_another_date_shows_the_order()
    {
        Assert.Equal("2021-04-03", Assert.Single(await FindAsync(Of("Date: 03/04/2021") with { Language = "fr" })).Value);
        Assert.Equal("2021-03-04", Assert.Single(await FindAsync(Of("Date: 03/04/2021\nDue: 03/31/2021"))).Value);
        Assert.Equal("2021-04-03", Assert.Single(await FindAsync(Of("Date: 03/04/2021\nDue: 31/03/2021"))).Value);
        Assert.Equal("2021-03-31", Assert.Single(await FindAsync(Of("Date: 03/04/2021\nDate: 31/03/2021 or 03/31/2021"))).Value); // they contradict each other: the first stays open
    }

    [Fact]
    public async Task What_the_source_says_of_itself_comes_before_names_and_text()
    {
        var document = Of("Date: 2001-01-01") with { Id = "notes/2002-02-02 minutes.txt" };
        Dictionary<string, string> metadata = new() { ["modified"] = "2005-05-05T10:00:00Z", ["created"] = "2004-04-04", ["published"] = "no date" };

        Assert.Equal(("2004-04-04", "metadata: created", 0), Parts(await FindAsync(document with { Metadata = metadata })));
        Assert.Equal(("2002-02-02", "file name", 0), Parts(await FindAsync(document)));
        Assert.Equal(("2003-03-03", "address", 0), Parts(await FindAsync(document with { Path = "https://example.org/2003/03/03/post.html" })));
        Assert.Equal(("2001-01-01", null, 1), Parts(await FindAsync(document with { Id = "notes/12345678901.txt" })));
        Assert.Equal(("2020-06-30", "file name", 0), Parts(await FindAsync(document with { Id = "scan_20200630_1.txt" })));

        static (string, string?, int) Parts(IReadOnlyList<DocumentFinding> findings) => Assert.Single(findings) is var f ? (f.Value, f.From, f.Spans.Count) : default;
    }

    [Fact]
    public async Task Every_day_of_the_calendar_is_read_back_in_every_form()
    {
        var random = new Random(9);
        string[] forms = ["yyyy-MM-dd", "d.M.yyyy", "dd.MM.yyyy", "d MMMM yyyy", "MMMM d, yyyy", "yyyy/MM/dd", "d MMM yyyy"];
        for (var i = 0; i < 700; i++)
        {
            var day = new DateOnly(1900, 1, 1).AddDays(random.Next(200 * 365));
            var text = $"Date: {day.ToString(forms[i % forms.Length], CultureInfo.InvariantCulture)}";

            Assert.Equal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Assert.Single(await FindAsync(Of(text))).Value);
        }
    }

    private static Document Of(string text) => new("a.txt", "a", text, []);

    private static Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document) => new DateEnricher().FindAsync(document);
}
