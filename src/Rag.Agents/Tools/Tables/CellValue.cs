using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Rag.Agents.Tools.Calculation;

namespace Rag.Agents.Tools.Tables;

/// <summary>What a cell says: a number, where it can be read as one, else words.</summary>
internal static partial class CellValue
{
    /// <summary>The number in a cell, such as <c>1,234.50</c>, <c>$1,200</c>, <c>12%</c> (12) or <c>(3)</c>, which is -3 to accountants; <see langword="null"/> where it is none.</summary>
    public static Rational? Number(string cell)
    {
        if (NumberCell().Match(cell) is not { Success: true } match || match.Groups["open"].Success != match.Groups["close"].Success)
        {
            return null;
        }

        var (whole, fraction) = (match.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal), match.Groups["fraction"].Value);
        var number = new Rational(BigInteger.Parse("0" + whole + fraction, CultureInfo.InvariantCulture), BigInteger.Pow(10, fraction.Length));
        return match.Groups["open"].Success || match.Groups["minus"].Success ? -number : number;
    }

    /// <summary>Orders two cells: as numbers where both are, else by their words in any case, which orders ISO dates too.</summary>
    public static int Compare(string left, string right) =>
        Number(left) is { } a && Number(right) is { } b ? a.CompareTo(b) : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);

    // Up to 100 digits, which is any number that a table holds.
    [GeneratedRegex(@"^\s*(?<open>\()?\s*(?:(?<minus>[-−–])|\+)?\s*[$€£¥]?\s*(?:(?<whole>\d{1,3}(?:,\d{3})+|\d{1,50})(?:\.(?<fraction>\d{1,50}))?|\.(?<fraction>\d{1,50}))\s*[%€£¥]?\s*(?<close>\))?\s*%?\s*$")]
    private static partial Regex NumberCell();
}
