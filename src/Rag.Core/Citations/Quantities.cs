using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Citations;

/// <summary>The numbers of a text, whichever way they are written: 1,250 and 1250, three and 3, 2.5 million and 2500000.</summary>
internal static partial class Quantities
{
    private static readonly Dictionary<string, decimal> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
        ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20, ["thirty"] = 30,
        ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    };

    private static readonly Dictionary<string, decimal> Scales = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hundred"] = 100, ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000, ["trillion"] = 1_000_000_000_000,
    };

    /// <summary>The numbers in order; the number of a list item (<c>2.</c>, <c>3)</c>) is none, nor is the word "one", which is seldom a number.</summary>
    public static IReadOnlyList<Quantity> In(string text)
    {
        var item = ListNumber().Match(text).Length;
        return [.. Number().Matches(text, item).Select(Read)];
    }

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
