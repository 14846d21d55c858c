using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Enrichment;

/// <summary>Reads dates as people write them: ISO 8601, numbers, month names in English, German, French and Spanish. Years from 1900 to 2099; what is no day of the calendar is passed over.</summary>
internal static partial class DateText
{
    private static readonly string[][] Months =
    [
        ["january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene"],
        ["february", "feb", "februar", "février", "fevrier", "févr", "fév", "febrero"],
        ["march", "mar", "märz", "maerz", "mrz", "mars", "marzo"],
        ["april", "apr", "avril", "avr", "abril", "abr"],
        ["may", "mai", "mayo"],
        ["june", "jun", "juni", "juin", "junio"],
        ["july", "jul", "juli", "juillet", "juil", "julio"],
        ["august", "aug", "août", "aout", "agosto", "ago"],
        ["september", "sept", "sep", "septembre", "septiembre", "setiembre"],
        ["october", "oct", "oktober", "okt", "octobre", "octubre"],
        ["november", "nov", "novembre", "noviembre"],
        ["december", "dec", "dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic"],
    ];

    private static readonly Dictionary<string, int> MonthOf = Months.SelectMany((names, i) => names.Select(name => (name, i + 1))).ToDictionary(m => m.name, m => m.Item2);

    /// <summary>The dates in a part of a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language; of a language that writes the day first, <c>3/4/2021</c> is the third of April. Else such a date counts only where another one of the same text shows the order.</param>
    public static IEnumerable<(DateOnly Date, TextSpan Span)> In(string text, string? language)
    {
        var dayFirst = DayFirst(text) ?? (language is "de" or "es" or "fr" or "it" or "nl" or "pt" or "ru" ? true : null);
        foreach (Match match in Pattern().Matches(text))
        {
            if (DateOf(match, dayFirst) is { } date)
            {
                yield return (date, new(match.Index, match.Index + match.Length));
            }
        }
    }

    /// <summary>The only or first date of a short text, such as a value of metadata; <see langword="null"/> for none.</summary>
    public static DateOnly? First(string text)
    {
        foreach (var (date, _) in In(text, null))
        {
            return date;
        }

        return null;
    }

    /// <summary>A date in the name of a file or the path of an address: <c>2021-06-30</c>, <c>2021_06_30</c>, <c>20210630</c>, <c>2021/06/30</c>.</summary>
    public static DateOnly? InPath(string path)
    {
        var match = PathPattern().Match(path);
        return match.Success ? Day(match.Groups["y"].Value, match.Groups["m"].Value, match.Groups["d"].Value) : null;
    }

    // All slashed dates of a text are of one order; one with a number above 12 shows it, two that contradict each other show none.
    private static bool? DayFirst(string text)
    {
        var (days, months) = (0, 0);
        foreach (Match match in Slashed().Matches(text))
        {
            var (first, second) = (Number(match.Groups["a"].Value), Number(match.Groups["b"].Value));
            days += first > 12 && second <= 12 ? 1 : 0;
            months += second > 12 && first <= 12 ? 1 : 0;
        }

        return (days > 0, months > 0) switch { (true, false) => true, (false, true) => false, _ => null };
    }

    private static DateOnly? DateOf(Match match, bool? dayFirst)
    {
        string Part(string name) => match.Groups[name].Value;
        if (match.Groups["name"].Success)
        {
            return MonthOf.TryGetValue(Part("name").ToLowerInvariant(), out var month) ? Day(Number(Part("y")), month, Number(Part("d"))) : null;
        }

        if (!match.Groups["a"].Success)
        {
            return Day(Part("y"), Part("m"), Part("d"));
        }

        var (first, second, year) = (Number(Part("a")), Number(Part("b")), Number(Part("y")));
        return first == second || first > 12 || dayFirst == true ? Day(year, second, first) : second > 12 || dayFirst == false ? Day(year, first, second) : null;
    }

    private static DateOnly? Day(string year, string month, string day) => Day(Number(year), Number(month), Number(day));

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 1900 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("""
        (?<![\d./-])(?:
            (?<y>[0-9]{4})(?<s>[-/.])(?<m>[0-9]{1,2})\k<s>(?<d>[0-9]{1,2})
          | (?<d>[0-9]{1,2})\.[ ]?(?<m>[0-9]{1,2})\.[ ]?(?<y>[0-9]{4})
          | (?<a>[0-9]{1,2})(?<s>[/-])(?<b>[0-9]{1,2})\k<s>(?<y>[0-9]{4})
          | (?<d>[0-9]{1,2})(?:st|nd|rd|th|er|º|°|\.)?[ -](?:of[ ]|de[ ])?(?<name>\p{L}{3,10})\.?,?[ -](?:del?[ ])?(?<y>[0-9]{4})
        )(?![\d]|[./-]\d)
        | (?<!\p{L})(?<name>\p{L}{3,10})\.?[ ](?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ](?<y>[0-9]{4})(?!\d)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"(?<![\d/-])(?<a>[0-9]{1,2})(?<s>[/-])(?<b>[0-9]{1,2})\k<s>[0-9]{4}(?!\d)")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"(?<!\d)(?<y>[0-9]{4})(?<s>[-_/.]?)(?<m>[0-9]{2})\k<s>(?<d>[0-9]{2})(?!\d)")]
    private static partial Regex PathPattern();
}
