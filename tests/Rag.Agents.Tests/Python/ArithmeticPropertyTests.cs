using System.Globalization;
using System.Numerics;
using Rag.Agents.Python;

namespace Rag.Agents.Tests.Python;

/// <summary>Arithmetic against the definitions, over seeded random numbers of all sizes.</summary>
public sealed class ArithmeticPropertyTests
{
    private readonly Random random = new(7);
    private readonly PythonInterpreter interpreter = new();

    [Fact]
    public void Integers_add_subtract_and_multiply_as_BigInteger_does()
    {
        for (var i = 0; i < 500; i++)
        {
            var (a, b, c) = (Number(), Number(), Number());

            Assert.Equal(((a + b) * c) - (a * b), Evaluate($"({a} + {b}) * {c} - {a} * {b}"));
        }
    }

    [Fact]
    public void Floor_division_and_remainder_make_up_the_dividend()
    {
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (Number(), Number());
            b = b.IsZero ? 1 : b;
            var (quotient, remainder) = (Evaluate($"{a} // {b}"), Evaluate($"({a}) % ({b})"));

            Assert.Equal(a, (Evaluate($"({a}) // ({b})") * b) + remainder);
            Assert.True(remainder.IsZero || remainder.Sign == b.Sign);
            Assert.True(BigInteger.Abs(remainder) < BigInteger.Abs(b));
            Assert.Equal(quotient, Evaluate($"divmod({a}, {b})[0]"));
        }
    }

    [Fact]
    public void True_division_is_the_nearest_double()
    {
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (Number(), Number());
            b = b.IsZero ? 1 : b;
            var quotient = double.Parse(interpreter.Run($"({a}) / ({b})").Value!, CultureInfo.InvariantCulture);

            // |a - q b| is least for the nearest q: neither neighbour may be nearer
            Assert.True(Miss(a, b, quotient) <= Miss(a, b, Math.BitIncrement(quotient)), $"{a} / {b} = {quotient:R}");
            Assert.True(Miss(a, b, quotient) <= Miss(a, b, Math.BitDecrement(quotient)), $"{a} / {b} = {quotient:R}");
        }
    }

    [Fact]
    public void Power_and_bits_are_those_of_BigInteger()
    {
        for (var i = 0; i < 300; i++)
        {
            var (a, b, n) = (Number(), Number(), random.Next(0, 12));

            Assert.Equal(BigInteger.Pow(a, n), Evaluate($"({a}) ** {n}"));
            Assert.Equal((a & b) | (a ^ n), Evaluate($"({a}) & ({b}) | ({a}) ^ {n}"));
            Assert.Equal(a << n, Evaluate($"({a}) << {n}"));
            Assert.Equal(a >> n, Evaluate($"({a}) >> {n}"));
            Assert.Equal(BigInteger.ModPow(BigInteger.Abs(a), n, 1_000_003), Evaluate($"pow({BigInteger.Abs(a)}, {n}, 1000003)"));
        }
    }

    [Fact]
    public void Float_reads_back_from_its_text()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(number))
            {
                var text = interpreter.Run($"x = {number.ToString("R", CultureInfo.InvariantCulture)}\nrepr(x)").Value!;

                Assert.Equal(number, double.Parse(text, CultureInfo.InvariantCulture));
                Assert.InRange(text.Count(char.IsAsciiDigit), 1, 17 + 3 + 4);
            }
        }
    }

    [Fact]
    public void Decimals_round_the_exact_value_to_even()
    {
        for (var i = 0; i < 1_000; i++)
        {
            // eighths: some of them lie exactly between two decimals
            var (eighths, digits) = (random.Next(-10_000, 10_000), random.Next(0, 3));
            var expected = decimal.Round(eighths / 8m, digits, MidpointRounding.ToEven);

            Assert.Equal(expected, decimal.Parse(interpreter.Run($"f'{{{eighths} / 8:.{digits}f}}'").Value!, CultureInfo.InvariantCulture));
            Assert.Equal((double)expected, double.Parse(interpreter.Run($"round({eighths} / 8, {digits})").Value!, CultureInfo.InvariantCulture));
        }
    }

    private static BigInteger Miss(BigInteger a, BigInteger b, double quotient)
    {
        // everything times 2^1074, so that each double is an integer
        var bits = BitConverter.DoubleToInt64Bits(quotient);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = exponent == 0 ? bits & 0xFFFFFFFFFFFFF : (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
        var scaled = mantissa << Math.Max(exponent - 1, 0);
        return BigInteger.Abs((a << 1074) - ((bits < 0 ? -scaled : scaled) * b));
    }

    private BigInteger Evaluate(string expression) => BigInteger.Parse(interpreter.Run(expression).Value!, CultureInfo.InvariantCulture);

    // as many small as large numbers, and those at the edge of 64 bits
    private BigInteger Number()
    {
        BigInteger edge = random.Next(2) == 0 ? long.MaxValue : long.MinValue;
        var bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        return random.Next(4) switch
        {
            0 => random.Next(-100, 100),
            1 => random.NextInt64(long.MinValue, long.MaxValue),
            2 => edge + random.Next(-3, 4),
            _ => new BigInteger(bytes),
        };
    }
}
