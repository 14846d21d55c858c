namespace Rag.Sqlite.Tests;

public sealed class FilterKeyTests
{
    [Fact]
    public void Of_is_the_same_for_the_same_filter_only()
    {
        string[] expressions = ["", "a = b", "a != b", "a in (b, c)", "a in (bc)", "ab in (c)", "a > b", "a >= b", "a < b", "a <= b", "a in b..c", "a = b and c = d", "a = b or c = d", "a = '1:b'", "not a = b or c = d", "not (a = b or c = d)"];

        var keys = expressions.Select(e => FilterKey.Of(FilterParser.Parse(e), [])).ToArray();

        Assert.Equal(keys, expressions.Select(e => FilterKey.Of(FilterParser.Parse(e), [])));
        Assert.Distinct(keys.Append(FilterKey.Of(FilterParser.Parse("a = b"), ["g"])));
        Assert.Equal(FilterKey.Of(Filter.All, ["g", "h"]), FilterKey.Of(Filter.All, ["h", "g"]));
        Assert.NotEqual(FilterKey.Of(Filter.All, ["g", "h"]), FilterKey.Of(Filter.All, ["gh"]));
    }
}
