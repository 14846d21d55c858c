using System.Globalization;
using System.Xml;

namespace Rag.Ingest.Reading.OpenDocument;

/// <summary>What a cell says of itself, besides the words in it.</summary>
/// <param name="Type">Kind of its value, such as <c>float</c>.</param>
/// <param name="Date">Its value, where it is a date.</param>
/// <param name="Value">Its value, where it is another one.</param>
/// <param name="Times">How often it follows itself.</param>
/// <param name="Columns">Columns that it covers.</param>
/// <param name="Rows">Rows that it covers.</param>
internal readonly record struct OdfCell(string? Type, string? Date, string? Value, int Times, int Columns, int Rows)
{
    public bool IsNumber => Type is "float" or "percentage" or "currency" or "date" or "time";

    /// <summary>Of the cell that the reader stands on.</summary>
    public static OdfCell Of(XmlReader reader)
    {
        string? type = null, date = null, value = null;
        var (times, columns, rows) = (1, 1, 1);
        while (reader.MoveToNextAttribute())
        {
            switch (reader.LocalName)
            {
                case "value-type" when reader.NamespaceURI == OdfNames.Office:
                    type = reader.Value;
                    break;
                case "date-value":
                    date = reader.Value;
                    break;
                case "value" or "boolean-value" or "string-value" or "time-value":
                    value = reader.Value;
                    break;
                case "number-columns-repeated":
                    times = Count(reader.Value, OdfTable.MaxColumn);
                    break;
                case "number-columns-spanned":
                    columns = Count(reader.Value, OdfTable.MaxColumn);
                    break;
                case "number-rows-spanned":
                    rows = Count(reader.Value, OdfTable.MaxRow);
                    break;
            }
        }

        reader.MoveToElement();
        return new(type, date, value, times, columns, rows);
    }

    /// <summary>The text of the cell: a date in ISO 8601, a number with the decimal point of English, else its words.</summary>
    public string Shown(string words) => Type == "date" && Date is not null ? ShownDate(Date)
        : words.Length == 0 ? Value ?? ""
        : Type is "float" or "percentage" or "currency" ? ShownNumber(words, Value) : words;

    /// <summary>A count of at least 1 and no more than <paramref name="most"/>.</summary>
    public static int Count(string? value, int most) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (int)Math.Clamp(count, 1, most) : 1;

    // The author's language may write it otherwise than English: then as it is stored, so that numbers can be told.
    private static string ShownNumber(string words, string? value)
    {
        var isWhole = words == value && words.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
        if (isWhole || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return words;
        }

        var digits = string.Concat(words.Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-'));
        var decimals = digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.LastIndexOf('.') - 1 : 0;
        var percent = words.Contains('%', StringComparison.Ordinal) ? "%" : "";
        number *= percent.Length > 0 ? 100 : 1;
        var isEnglish = double.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out var shown) && Math.Abs(Math.Abs(shown) - Math.Abs(number)) <= 0.51 * Math.Pow(10, -decimals);
        return isEnglish ? words : number.ToString("G15", CultureInfo.InvariantCulture) + percent;
    }

    private static string ShownDate(string value) => value.EndsWith("T00:00:00", StringComparison.Ordinal) ? value[..^"T00:00:00".Length] : value.Replace('T', ' ');
}
