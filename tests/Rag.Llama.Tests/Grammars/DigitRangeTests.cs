using System.Globalization;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class DigitRangeTests
{
    [Fact]
    public void Integers_are_exactly_those_between_the_bounds()
    {
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            int? low = random.Next(5) == 0 ? null : random.Next(-1500, 1500);
            int? high = random.Next(5) == 0 ? null : random.Next(low ?? -1500, 1600);
            var grammar = Grammar.Parse("root ::= " + DigitRange.Integers(low, high));

            foreach (var value in Enumerable.Range(-1600, 3300).Where(value => value % 7 == 0 || value == low || value == high || value == low - 1 || value == high + 1))
            {
                var expected = !(value < low) && !(value > high);
                Assert.True(expected == Texts.Matches(grammar, value.ToString(CultureInfo.InvariantCulture)), $"{value} in [{low}, {high}]");
            }
        }
    }

    [Fact]
    public void Numbers_are_those_between_the_bounds_with_fractions()
    {
        var random = new Random(6);
        for (var round = 0; round < 40; round++)
        {
            int? low = random.Next(5) == 0 ? null : random.Next(-30, 30);
            int? high = random.Next(5) == 0 ? null : random.Next(low ?? -30, 40);
            var grammar = Grammar.Parse("root ::= " + DigitRange.Numbers(low, high));

            for (var value = -41m; value < 41; value += 0.25m)
            {
                var expected = !(value < low) && !(value > high);
                Assert.True(expected == Texts.Matches(grammar, value.ToString(CultureInfo.InvariantCulture)), $"{value} in [{low}, {high}]");
            }
        }
    }
}
