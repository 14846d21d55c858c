using System.Numerics;
using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Writes the numbers that fit a schema.</summary>
internal static class SchemaNumbers
{
    public static string Convert(JsonElement schema, bool whole, string path, GbnfWriter writer)
    {
        var (low, high) = (Bound(schema, "minimum", whole, 0, path), Bound(schema, "maximum", whole, 0, path));
        if (Bound(schema, "exclusiveMinimum", whole, 1, path) is { } above)
        {
            low = low is null || above > low ? above : low;
        }

        if (Bound(schema, "exclusiveMaximum", whole, -1, path) is { } below)
        {
            high = high is null || below < high ? below : high;
        }

        if (schema.TryGetProperty("format", out var format))
        {
            (low, high) = Narrow(low, high, SchemaRead.Text(format, $"{path}/format"), $"{path}/format");
        }

        if (low is null && high is null)
        {
            return whole ? JsonRules.Integer : JsonRules.Number;
        }

        return low > high
            ? throw new GrammarException($"No {(whole ? "integer" : "number")} lies between {low} and {high}. Correct the bounds.", path)
            : writer.Rule("number", whole ? DigitRange.Integers(low, high) : DigitRange.Numbers(low, high));
    }

    private static BigInteger? Bound(JsonElement schema, string keyword, bool whole, int exclusive, string path)
    {
        if (!schema.TryGetProperty(keyword, out var value))
        {
            return null;
        }

        var number = SchemaRead.Number(value, $"{path}/{keyword}");
        var isWhole = number == Math.Truncate(number);
        if (!whole && (!isWhole || exclusive != 0))
        {
            throw new GrammarException($"'{keyword}' is {number} for the type number, where only whole, inclusive bounds are supported. Use such a bound, or the type integer.", $"{path}/{keyword}");
        }

        var isLower = keyword is "minimum" or "exclusiveMinimum";
        return isWhole ? (BigInteger)number + exclusive : (BigInteger)(isLower ? Math.Ceiling(number) : Math.Floor(number));
    }

    private static (BigInteger? Low, BigInteger? High) Narrow(BigInteger? low, BigInteger? high, string format, string path) => format switch
    {
        "int32" => (Largest(low, int.MinValue), Smallest(high, int.MaxValue)),
        "int64" => (low is null ? null : Largest(low, long.MinValue), high is null ? null : Smallest(high, long.MaxValue)),
        "float" or "double" or "decimal" => (low, high),
        _ => throw new GrammarException($"The format '{format}' of numbers is not supported. Formats: int32, int64, float, double, decimal.", path),
    };

    private static BigInteger Largest(BigInteger? given, BigInteger limit) => given > limit ? given.Value : limit;

    private static BigInteger Smallest(BigInteger? given, BigInteger limit) => given < limit ? given.Value : limit;
}
