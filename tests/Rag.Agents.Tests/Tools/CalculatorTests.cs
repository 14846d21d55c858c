using System.Globalization;
using System.Numerics;
using Rag.Agents.Tools;

namespace Rag.Agents.Tests.Tools;

public sealed class CalculatorTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1/3", "≈ 0.333333333333")]
    [InlineData("1/3 * 3", "1")]
    [InlineData("-2^2", "-4")]
    [InlineData("2^-2", "0.25")]
    [InlineData("2**10", "1024")]
    [InlineData("2^3^2", "512")]
    [InlineData("2 × 3 ÷ 4 − 1", "0.5")]
    [InlineData("1,234,567.89 - 1,000", "1233567.89")]
    [InlineData("15% of 80", "12")]
    [InlineData("80 * 15%", "12")]
    [InlineData("5% + 3%", "8%")]
    [InlineData("10 % 3", "1")]
    [InlineData("-7 % 3", "2")]
    [InlineData("7 % (-3)", "-2")]
    [InlineData("1.5e3 + .5", "1500.5")]
    [InlineData("sqrt(144)", "12")]
    [InlineData("sqrt(0.25)", "0.5")]
    [InlineData("sqrt(2)", "≈ 1.41421356237")]
    [InlineData("sqrt(2)^2", "≈ 2")]
    [InlineData("1.05^(1/12)", "≈ 1.00407412378")]
    [InlineData("2 * pi", "≈ 6.28318530718")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(2/3, 2)", "0.67")]
    [InlineData("round(1250, -2)", "1300")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceil(-1.5)", "-1")]
    [InlineData("max(1,234, 56)", "234")]
    [InlineData("avg(1, 2, 4)", "≈ 2.33333333333")]
    [InlineData("sum(1, 2, min(3, 4))", "6")]
    [InlineData("abs(-3)", "3")]
    [InlineData("10^30 / 3", "≈ 3.33333333333e29")]
    [InlineData("1 / 3e9", "≈ 3.33333333333e-10")]
    [InlineData("2/3 * 10^12", "≈ 666666666667")]
    [InlineData("(-1)^1000001", "-1")]
    [InlineData("0^0", "1")]
    public async Task Arithmetic_is_exact(string expression, string result) => Assert.Equal(result, await CalculateAsync(expression));

    [Theory]
    [InlineData("3 ft in m", "0.9144 m")]
    [InlineData("12 in in ft", "1 ft")]
    [InlineData("12 in to cm", "30.48 cm")]
    [InlineData("5 km / 2 h in m/s", "≈ 0.694444444444 m/s")]
    [InlineData("36 km/h in m/s", "10 m/s")]
    [InlineData("60 mph in km/h", "96.56064 km/h")]
    [InlineData("2 h + 30 min", "2.5 h")]
    [InlineData("20 C in F", "68 F")]
    [InlineData("-40 °F in °C", "-40 °C")]
    [InlineData("0 K in C", "-273.15 C")]
    [InlineData("25 °C", "25 °C")]
    [InlineData("2 acres in m2", "8093.7128448 m2")]
    [InlineData("3 m * 4 m", "12 m^2")]
    [InlineData("2 m^3 in l", "2000 l")]
    [InlineData("1 gal in l", "3.785411784 l")]
    [InlineData("1 GiB in MB", "1073.741824 MB")]
    [InlineData("100 Mbit in MB", "12.5 MB")]
    [InlineData("700 MB / (100 Mbit / 1 s)", "56 s")]
    [InlineData("10 lb in kg", "4.5359237 kg")]
    [InlineData("6 ft 2", null)]
    [InlineData("10 m / 2 m", "5")]
    [InlineData("2 kg m / 4 s^2", "0.5 m kg/s^2")]
    [InlineData("1 / (2 s)", "0.5 1/s")]
    [InlineData("max(3 ft, 1 m) in cm", "100 cm")]
    public async Task Units_are_converted(string expression, string? result)
    {
        var actual = await CalculateAsync(expression);

        Assert.Equal(result ?? "Cannot calculate [6 ft 2]: at character 6, an operator or the end should stand where '2' does.", actual);
    }

    [Theory]
    [InlineData("2024-02-28 + 2 days", "2024-03-01")]
    [InlineData("2023-02-28 + 2 days", "2023-03-02")]
    [InlineData("2024-01-31 + 1 month - 1 week", "2024-02-22")]
    [InlineData("2024-02-29 + 1 year", "2025-02-28")]
    [InlineData("days between 2024-01-01 and 2024-03-01", "60 days")]
    [InlineData("2024-03-01 - 2024-01-01", "60 days")]
    [InlineData("weekday of 2024-02-29", "Thursday")]
    public async Task Dates_follow_the_calendar(string expression, string result) => Assert.Equal(result, await CalculateAsync(expression));

    [Theory]
    [InlineData("1 +", "at character 4, a number is missing at the end")]
    [InlineData("", "at character 1, a number is missing at the end")]
    [InlineData("(1 + 2", "at character 1, this parenthesis is not closed")]
    [InlineData("1 + (2 ? 3)", "at character 8, an operator or ')' should stand where '?' does")]
    [InlineData("1 / (2 - 2)", "at character 3, something is divided by zero")]
    [InlineData("9^9^9^9", "at character 4, the number gets too large")]
    [InlineData("10^5000", "at character 3, the number gets too large")]
    [InlineData("1e999", "the exponent of a number is at most 400")]
    [InlineData("3 ft + 2 kg", "a quantity in m and a quantity in kg do not go together")]
    [InlineData("3 ft in kg", "a quantity in m and a quantity in kg do not go together")]
    [InlineData("200 + 10%", "write 200 * 110% or 200 + 10% of 200")]
    [InlineData("20 C + 5 C", "degrees can be converted")]
    [InlineData("sqrt(-1)", "a square root needs a plain number that is not negative")]
    [InlineData("3 parsecs", "'parsecs' is no unit that is known")]
    [InlineData("sin(1)", "there is no function 'sin'; functions: sqrt, abs")]
    [InlineData("x + 1", "'x' is no unit or function that is known")]
    [InlineData("2023-02-29 + 1 day", "2023-02-29 is no date of the calendar")]
    [InlineData("9999-12-31 + 1 day", "outside the years 1 to 9999")]
    [InlineData("2024-01-01 + 99999999999 days", "outside the years 1 to 9999")]
    [InlineData("round(1, 1e300)", "a whole number from -100 to 100")]
    [InlineData(".", "a point stands alone")]
    [InlineData("2 ^ 1 m", "the exponent has the unit m")]
    public async Task What_is_wrong_is_said_in_a_sentence(string expression, string part)
    {
        var sentence = await CalculateAsync(expression);

        Assert.StartsWith($"Cannot calculate [{expression}]: at character ", sentence);
        Assert.Contains(part, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_and_deep_expressions_are_refused()
    {
        Assert.Contains("at most 1000", await CalculateAsync(new('1', 1001)), StringComparison.Ordinal);
        Assert.Contains("more than 64 deep", await CalculateAsync(new('(', 900)), StringComparison.Ordinal);
        Assert.Contains("more than 64 deep", await CalculateAsync(new('-', 900)), StringComparison.Ordinal);
        Assert.Equal(new string('1', 1000), await CalculateAsync(new('1', 1000)));
    }

    [Fact]
    public async Task Random_expressions_agree_with_fractions_reckoned_plainly()
    {
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var (text, top, bottom) = Expression(random, 4);

            var actual = await CalculateAsync($"({text}) * {bottom}");

            Assert.Equal((bottom.IsZero ? BigInteger.Zero : top).ToString(CultureInfo.InvariantCulture), actual);
        }
    }

    [Fact]
    public async Task Any_text_gives_a_sentence_or_a_result()
    {
        var random = new Random(6);
        string[] parts = ["1", "23.5", "+", "-", "*", "/", "%", "^", "(", ")", " in ", "m", "km", "C", "F", "sqrt(", "round(", ",", " of ", "2024-02-30", "e9", "°", "\0", "é", "9", "K", "min"];
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(random.GetItems(parts, random.Next(1, 14)));

            Assert.NotEmpty(await CalculateAsync(text));
        }
    }

    // With the value as a fraction that need not be in lowest terms; divisors are never zero.
    private static (string Text, BigInteger Top, BigInteger Bottom) Expression(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            var number = random.Next(1, 1000);
            return (number.ToString(CultureInfo.InvariantCulture), number, 1);
        }

        var (left, a, b) = Expression(random, depth - 1);
        var (right, c, d) = Expression(random, depth - 1);
        return random.Next(c.IsZero ? 3 : 4) switch
        {
            0 => ($"({left} + {right})", (a * d) + (c * b), b * d),
            1 => ($"({left} - {right})", (a * d) - (c * b), b * d),
            2 => ($"{left} * {right}", a * c, b * d),
            _ => ($"{left} / ({right})", a * d, b * c),
        };
    }

    private static Task<string> CalculateAsync(string expression) => Calculator.Create().CallAsync(null, ("expression", expression));
}
