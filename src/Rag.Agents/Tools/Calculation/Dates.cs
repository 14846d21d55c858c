using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Agents.Tools.Calculation;

/// <summary>Questions about dates of the Gregorian calendar, written as <c>2024-02-28</c>.</summary>
internal static partial class Dates
{
    /// <summary>The answer; <see langword="null"/> where the text asks nothing of the kind.</summary>
    /// <exception cref="CalculationException">There is no such date.</exception>
    public static string? Answer(string text)
    {
        if (Between().Match(text) is { Success: true } between)
        {
            return Days(Read(between.Groups["from"]), Read(between.Groups["to"]));
        }

        if (Weekday().Match(text) is { Success: true } weekday)
        {
            return Read(weekday.Groups["date"]).DayOfWeek.ToString();
        }

        if (Moved().Match(text) is not { Success: true } moved)
        {
            return null;
        }

        var date = Read(moved.Groups["date"]);
        for (var i = 0; i < moved.Groups["number"].Captures.Count; i++)
        {
            date = Move(date, moved.Groups["sign"].Captures[i].Value == "+" ? 1 : -1, moved.Groups["number"].Captures[i], moved.Groups["unit"].Captures[i].Value.ToLowerInvariant());
        }

        return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string Days(DateOnly from, DateOnly to)
    {
        var days = to.DayNumber - from.DayNumber;
        return string.Create(CultureInfo.InvariantCulture, $"{days} {(Math.Abs(days) == 1 ? "day" : "days")}");
    }

    private static DateOnly Move(DateOnly date, int sign, Capture number, string unit)
    {
        if (!int.TryParse(number.Value, CultureInfo.InvariantCulture, out var count))
        {
            throw Outside(number);
        }

        try
        {
            count = checked(sign * count);
            return unit switch
            {
                "day" => date.AddDays(count),
                "week" => date.AddDays(checked(7 * count)),
                "month" => date.AddMonths(count),
                _ => date.AddYears(count),
            };
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw Outside(number);
        }
    }

    private static CalculationException Outside(Capture number) => new("that lies outside the years 1 to 9999", number.Index);

    private static DateOnly Read(Group date) => DateOnly.TryParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
        ? read
        : throw new CalculationException($"{date.Value} is no date of the calendar", date.Index);

    [GeneratedRegex(@"^\s*(?:days\s+(?:between|from)\s+(?<from>\d{4}-\d\d-\d\d)\s+(?:and|to)\s+(?<to>\d{4}-\d\d-\d\d)|(?<to>\d{4}-\d\d-\d\d)\s*-\s*(?<from>\d{4}-\d\d-\d\d))\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"^\s*(?:weekday|day of the week|day of week)\s+(?:of|on)?\s*(?<date>\d{4}-\d\d-\d\d)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"^\s*(?<date>\d{4}-\d\d-\d\d)(?:\s*(?<sign>[+-])\s*(?<number>\d+)\s*(?<unit>day|week|month|year)s?)+\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Moved();
}
