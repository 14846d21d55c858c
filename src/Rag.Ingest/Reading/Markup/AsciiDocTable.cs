using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Markup;

/// <summary>The cells of AsciiDoc's tables.</summary>
internal static partial class AsciiDocTable
{
    private const int MostRepeated = 100;

    /// <summary>The rows. Without a number of columns in <paramref name="style"/>, the first line that has cells says it.</summary>
    /// <param name="lines">What stands between the delimiters.</param>
    /// <param name="style">The attributes of the block.</param>
    /// <param name="delimiter">Before each cell.</param>
    public static IEnumerable<string[]> Rows(ReadOnlySpan<string> lines, string style, char delimiter)
    {
        var cells = new List<string>();
        var columns = Columns(style);
        foreach (var line in lines)
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = line.Replace($"\\{delimiter}", "\0", StringComparison.Ordinal).Split(delimiter);
            var before = parts.Length > 1 ? WithoutSpecification(parts[0], isFirst: true, out _) : parts[0];
            if (cells.Count > 0 && before.Trim().Length > 0)
            {
                cells[^1] += " " + before.Trim();
            }

            var count = cells.Count;
            for (var i = 1; i < parts.Length; i++)
            {
                _ = WithoutSpecification(parts[i - 1], i == 1, out var copies);
                var cell = i + 1 < parts.Length ? WithoutSpecification(parts[i], isFirst: false, out _) : parts[i];
                cells.AddRange(Enumerable.Repeat(cell.Trim(), copies));
            }

            columns = columns == 0 ? cells.Count - count : columns;
        }

        return cells.Select(cell => cell.Replace('\0', delimiter)).Chunk(Math.Max(columns, 1));
    }

    // cols="1,2a", cols="3*", cols=2*
    private static int Columns(string style)
    {
        if (Column().Match(style) is not { Success: true } columns)
        {
            return 0;
        }

        var count = 0L;
        foreach (var part in (columns.Groups[1].Success ? columns.Groups[1].Value : columns.Groups[2].Value).Split(',', ';'))
        {
            count += part.IndexOf('*', StringComparison.Ordinal) is > 0 and var star && int.TryParse(part.AsSpan(0, star), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;
        }

        return (int)Math.Min(count, 10_000);
    }

    // what follows a cell and says how the next one looks: 2+, .3+, 3*, ^.^s, a
    private static string WithoutSpecification(string cell, bool isFirst, out int copies)
    {
        copies = 1;
        if (Specification().Match(cell) is not { Success: true } specification || (specification.Index == 0 && !isFirst))
        {
            return cell;
        }

        if (specification.Groups[1].Success && int.TryParse(specification.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var times))
        {
            copies = Math.Clamp(times, 1, MostRepeated);
        }

        return cell[..specification.Index];
    }

    [GeneratedRegex("""cols="([^"]*)"|cols=([^,\]]*)""")]
    private static partial Regex Column();

    [GeneratedRegex(@"(?<=^|\s)(?:(\d+)[*+]|(?:\d+)?\.\d+\+)?(?:[<^>]?(?:\.[<^>])?)?[adehlmsv]?$(?<=[^\s])")]
    private static partial Regex Specification();
}
