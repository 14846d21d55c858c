using Rag.Pdf.Fonts.CMaps;

namespace Rag.Pdf.Tests.Fonts.CMaps;

public sealed class CodeRangesTests
{
    [Fact]
    public void TryFind_gives_the_value_and_how_far_in_the_code_lies()
    {
        var ranges = new CodeRanges<string>([new(10, 19, "a"), new(30, 30, "b")]);

        Assert.True(ranges.TryFind(13, out var value, out var offset));
        Assert.Equal(("a", 3u), (value, offset));
        Assert.False(ranges.TryFind(20, out _, out _));
        Assert.True(ranges.TryFind(30, out value, out offset));
        Assert.Equal(("b", 0u), (value, offset));
    }

    [Fact]
    public void TryFind_where_ranges_overlap_gives_the_one_added_last()
    {
        var ranges = new CodeRanges<string>([new(0, 100, "whole"), new(50, 59, "middle"), new(55, 55, "one")]);

        Assert.Equal("whole 49", At(ranges, 49));
        Assert.Equal("middle 4", At(ranges, 54));
        Assert.Equal("one 0", At(ranges, 55));
        Assert.Equal("middle 6", At(ranges, 56));
        Assert.Equal("whole 60", At(ranges, 60));
    }

    [Fact]
    public void TryFind_agrees_with_a_table_for_random_ranges()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var table = new string?[64];
            var list = new List<CodeRanges<int>.Range>();
            for (var i = 0; i < random.Next(12); i++)
            {
                var (low, high) = (random.Next(64), random.Next(64));
                list.Add(new((ulong)low, (ulong)high, i));
                for (var code = low; code <= high; code++)
                {
                    table[code] = $"{i} {code - low}";
                }
            }

            var ranges = new CodeRanges<int>(list);

            for (ulong code = 0; code < 64; code++)
            {
                Assert.Equal(table[code], At(ranges, code));
            }
        }
    }

    [Fact]
    public void TryFind_of_a_range_of_all_codes_costs_nothing()
    {
        var ranges = new CodeRanges<int>([new(0, uint.MaxValue, 1), new(0, ulong.MaxValue >> 16, 2)]);

        Assert.True(ranges.TryFind(uint.MaxValue, out var value, out var offset));
        Assert.Equal((2, uint.MaxValue), (value, offset));
    }

    private static string? At<T>(CodeRanges<T> ranges, ulong code) => ranges.TryFind(code, out var value, out var offset) ? $"{value} {offset}" : null;
}
