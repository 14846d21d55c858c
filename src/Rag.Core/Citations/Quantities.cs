using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Citations;

/// <summary>The numbers of a text, whichever way they are written: 1,250 and 1250, three and 3, 2.5 million and 2500000.</summary>
internal static partial class Quantities
{
    private static readonly Dictionary<string, decimal> Words = Named(1, 2, "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
        .Concat(Named(10, 20, "twenty thirty forty fifty sixty seventy eighty ninety"))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, decimal> Scales = new[] { ("hundred", 100m), ("thousand", 1e3m), ("million", 1e6m), ("billion", 1e9m), ("trillion", 1e12m) }.ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The numbers in order; the number of a list item (<c>2.</c>, <c>3)</c>) is none, nor is the word "one", which is seldom a number.</summary>
    public static IReadOnlyList<Quantity> In(string text)
    {
        var item = ListNumber().Match(text).Length;
        return [.. Number().Matches(text, item).Select(Read)];
    }

    private static IEnumerable<(string, decimal)> Named(int step, int first, string words) => words.Split(' ').Select((word, i) => (word, (decimal)(first + (i * step))));

    private static Quantity Read(Match match)
    {
        var span = new TextSpan(match.Index, match.Index + match.Length);
        var digits = match.Groups["digits"] is { Success: true } written ? written.Value.Replace(",", "", StringComparison.Ordinal) : null;
        if (Value(match) is not { } value)
        {
            return new(digits!, digits, span);
        }

        var scale = match.Groups["scale"];
        var scaled = scale.Success ? Scaled(value, Scales[scale.Value]) : value;
        return new(scaled.ToString("0.############################", CultureInfo.InvariantCulture), digits, span);
    }

    private static decimal? Value(Match match)
    {
        if (match.Groups["word"] is { Success: true } word)
        {
            return Words[word.Value] + (match.Groups["unit"] is { Success: true } unit ? Words[unit.Value] : 0);
        }

        // a comma before three digits parts thousands, any other one a decimal
        var digits = Thousands().Replace(match.Groups["digits"].Value, "").Replace(',', '.');
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static decimal Scaled(decimal value, decimal scale) => value <= decimal.MaxValue / scale ? value * scale : value;

    [GeneratedRegex(@"(?:(?<digits>\d+(?:[.,]\d+)*)|\b(?:(?<word>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?<unit>two|three|four|five|six|seven|eight|nine))?|(?<word>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))\b)(?:[- ](?<scale>hundred|thousand|million|billion|trillion)\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@",(?=\d{3}(?!\d))")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^\s*\d+[.)]\s")]
    private static partial Regex ListNumber();
}

/// <summary>A number in a text.</summary>
/// <param name="Value">Its value, written in one way; what cannot be read as a number, such as a version, as it stands.</param>
/// <param name="Digits">Its digits as they stand, commas aside; <see langword="null"/> where it is written in words.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record Quantity(string Value, string? Digits, TextSpan Span);
