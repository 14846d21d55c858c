namespace Rag.Core.Tests;

public sealed class FilterParserTests
{
    private static readonly Document Ledger = new("manual.md", "Manual", "text", [])
    {
        Tags = new Dictionary<string, string> { ["product"] = "ledger", ["year"] = "2021", ["note"] = "it's" },
        Findings = [new("pii", "email", "pii-1"), new("pii", "iban", "pii-1"), new("note", "found, but the tag counts", "x-1")],
        Language = "en",
        Groups = ["staff", "audit"],
    };

    [Theory]
    [InlineData("", true)]
    [InlineData("product = ledger", true)]
    [InlineData("product != ledger", false)]
    [InlineData("missing != ledger", true)]
    [InlineData("missing = ''", false)]
    [InlineData("product in (vault, ledger)", true)]
    [InlineData("product in (vault)", false)]
    [InlineData("year > 2020 and year <= 2021", true)]
    [InlineData("year < 2021", false)]
    [InlineData("year > 300", true)]
    [InlineData("year in 2019..2021", true)]
    [InlineData("year in 2022..2024", false)]
    [InlineData("missing > 0", false)]
    [InlineData("product = vault or language = en and year = 2021", true)]
    [InlineData("(product = vault or language = en) and year = 1999", false)]
    [InlineData("not (product = vault)", true)]
    [InlineData("NOT product = vault AND group = audit", true)]
    [InlineData("group = board", false)]
    [InlineData("note = 'it''s'", true)]
    [InlineData("document = \"manual.md\"", true)]
    [InlineData("type = text/plain", true)]
    [InlineData("product", true)]
    [InlineData("not missing and (year or missing)", true)]
    [InlineData("not product", false)]
    [InlineData("missing", false)]
    [InlineData("pii = iban and pii in (email)", true)]
    [InlineData("pii = phone", false)]
    [InlineData("not pii", false)]
    [InlineData("note = 'found, but the tag counts'", false)]
    public void Parse_reads_what_matches(string expression, bool expected)
    {
        var filter = FilterParser.Parse(expression);

        Assert.Equal(expected, filter.Matches(field => Filter.ValuesOf(Ledger, field)));
    }

    [Theory]
    [InlineData("product ledger", "expected one of =, !=, <, <=, >, >=, in at character 9, found 'ledger'")]
    [InlineData("product = ", "expected a value at character 11, found the end")]
    [InlineData("product = ledger year", "expected 'and', 'or' or the end at character 18, found 'year'")]
    [InlineData("(product = ledger", "expected ')'")]
    [InlineData("product = 'ledger", "the quote at character 11 is never closed")]
    [InlineData("year in 2019", "expected '..'")]
    [InlineData("= ledger", "expected a field name at character 1, found '='")]
    [InlineData("!", "found the end")]
    public void Parse_says_where_it_went_wrong(string expression, string message)
    {
        var error = Assert.Throws<FormatException>(() => FilterParser.Parse(expression));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_refuses_endless_nesting()
    {
        var error = Assert.Throws<FormatException>(() => FilterParser.Parse(new string('(', 100_000)));

        Assert.Contains("64 levels", error.Message, StringComparison.Ordinal);
    }
}
