using System.Globalization;

namespace Rag.Ingest.Reading.Sheets;

/// <summary>Dates as spreadsheets count them: days since the end of 1899, or since 1904 (ECMA-376 part 1, 18.17.4.1).</summary>
internal static class SerialDate
{
    private const double Days1904 = 1462;
    private const double LastDay = 2_958_466; // 10000-01-01

    /// <summary>The date, the time of day or both in ISO 8601; <see langword="null"/> for a number that is no date.</summary>
    /// <param name="serial">Days, with the time as the fraction.</param>
    /// <param name="date">Whether the date is shown.</param>
    /// <param name="time">Whether the time is shown, with its seconds where they are not zero.</param>
    /// <param name="is1904">Whether day 0 is 1904-01-01.</param>
    public static string? Show(double serial, bool date, bool time, bool is1904)
    {
        serial += is1904 ? Days1904 : 0;
        if (serial is < 0 or >= LastDay or double.NaN)
        {
            return null;
        }

        var seconds = (long)Math.Min(Math.Round(serial * 86_400), (LastDay * 86_400) - 1);
        var clock = TimeSpan.FromSeconds(seconds % 86_400).ToString(seconds % 60 == 0 ? @"hh\:mm" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
        return !date ? clock : !time ? Day((long)serial) : $"{Day(seconds / 86_400)} {clock}";
    }

    /// <summary>A duration in hours, which may exceed a day.</summary>
    public static string ShowElapsed(double serial)
    {
        var seconds = (long)Math.Round(Math.Min(Math.Abs(serial), LastDay) * 86_400);
        return string.Create(CultureInfo.InvariantCulture, $"{(serial < 0 ? "-" : "")}{seconds / 3600}:{seconds / 60 % 60:00}{(seconds % 60 == 0 ? "" : $":{seconds % 60:00}")}");
    }

    // Day 60 is the 29th of February 1900, which there was not: Excel keeps the mistake of an older program, so the days before it count from one day later.
    private static string Day(long day) => day == 60 ? "1900-02-29" : new DateOnly(1899, 12, 30).AddDays((int)day + (day < 60 ? 1 : 0)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
