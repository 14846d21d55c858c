using System.Globalization;
using System.Text;

namespace Rag.Ingest.Reading.Sheets;

/// <summary>A number format such as <c>#,##0.00 "kg"</c> or <c>dd.mm.yy</c> (ECMA-376 part 1, 18.8.31), with the decimal point and the separators of English; dates are shown in ISO 8601, whatever their order in the format.</summary>
/// <remarks>Colours, conditions and fractions are not followed: such a number is shown as it is stored.</remarks>
internal sealed class CellFormat
{
    private const double MostDecimal = 7.9e27; // beyond it no decimal

    private readonly string _pattern; // in .NET's terms, which are nearly the same; empty for General
    private readonly bool _date;
    private readonly bool _time;
    private readonly bool _elapsed;

    private CellFormat(string pattern, bool date, bool time, bool elapsed) => (_pattern, _date, _time, _elapsed) = (pattern, date, time, elapsed);

    /// <summary>A number as it is stored, to the 15 digits that spreadsheets keep.</summary>
    public static CellFormat General { get; } = new("", false, false, false);

    /// <summary>Whether a number in this format is shown as it is stored.</summary>
    public bool IsGeneral => _pattern.Length == 0 && !_date && !_time;

    /// <summary>The format of that code.</summary>
    public static CellFormat Of(string code)
    {
        if (code.Equals("General", StringComparison.OrdinalIgnoreCase))
        {
            return General;
        }

        var format = new CellFormatCode(code);
        return format.IsDate || format.IsTime ? new("", format.IsDate, format.IsTime, format.IsElapsed) : format.HasDigits ? new(format.Pattern, false, false, false) : General;
    }

    /// <summary>The built-in format of that number (18.8.30); General for one that is none.</summary>
    public static CellFormat BuiltIn(int id) => Of(id switch
    {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        >= 14 and <= 17 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => "yyyy-mm-dd",
        (>= 18 and <= 21) or (>= 32 and <= 35) or 45 or 47 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        37 or 38 => "#,##0;(#,##0)",
        39 or 40 => "#,##0.00;(#,##0.00)",
        41 => "#,##0;-#,##0;-",
        42 => "$#,##0;-$#,##0;-",
        43 => "#,##0.00;-#,##0.00;-",
        44 => "$#,##0.00;-$#,##0.00;-",
        46 => "[h]:mm:ss",
        48 => "##0.0E+0",
        _ => "General",
    });

    /// <summary>A number as the program shows it.</summary>
    public string Show(double value, bool is1904 = false)
    {
        if (_elapsed)
        {
            return SerialDate.ShowElapsed(value);
        }

        if ((_date || _time) && SerialDate.Show(value, _date, _time, is1904) is { } date)
        {
            return date;
        }

        return _pattern.Length == 0 || Math.Abs(value) is not < MostDecimal
            ? value.ToString("G15", CultureInfo.InvariantCulture)
            : ((decimal)value).ToString(_pattern, CultureInfo.InvariantCulture).Trim();
    }
}

/// <summary>Reads the code of a format once, from left to right.</summary>
internal sealed class CellFormatCode
{
    private readonly StringBuilder _pattern = new();

    public CellFormatCode(string code)
    {
        var (month, sections) = (false, 1);
        for (var i = 0; i < code.Length && sections <= 3; i++)
        {
            var c = code[i];
            switch (c)
            {
                case '"':
                    var end = code.IndexOf('"', i + 1) is >= 0 and var quote ? quote : code.Length;
                    Literal(code[(i + 1)..end]);
                    i = end;
                    break;
                case '\\' or '!' when i + 1 < code.Length:
                    Literal(code[++i].ToString());
                    break;
                case '_' or '*':
                    i++; // white space as wide as the next character, or filled with it
                    break;
                case '[':
                    var close = code.IndexOf(']', i) is >= 0 and var bracket ? bracket : code.Length;
                    Bracket(code[(i + 1)..close]);
                    i = close;
                    break;
                case 'G' or 'g' when code.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    _pattern.Append("0.##############");
                    HasDigits = true;
                    i += "General".Length - 1;
                    break;
                case 'A' or 'a' when code.AsSpan(i).StartsWith("AM/PM", StringComparison.OrdinalIgnoreCase):
                    i += "AM/PM".Length - 1;
                    IsTime = true;
                    break;
                case 'y' or 'Y' or 'd' or 'D':
                    IsDate = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    IsTime = true;
                    break;
                case 'm' or 'M':
                    month = true;
                    break;
                case 'E' or 'e' when i + 1 < code.Length && code[i + 1] is '+' or '-':
                    _pattern.Append('E').Append(code[++i]);
                    break;
                case '/' when HasDigits && !IsDate:
                    HasDigits = false; // a fraction
                    return;
                case '0' or '#' or '?':
                    HasDigits = true;
                    _pattern.Append(c == '?' ? '#' : c);
                    break;
                case '.' or ',' or '%':
                    _pattern.Append(c);
                    break;
                case ';' when ++sections <= 3: // positive; negative; zero; text
                    _pattern.Append(c);
                    break;
                case '@' or ';':
                    break;
                default:
                    Literal(c.ToString());
                    break;
            }
        }

        IsDate |= month && !IsTime; // else it stands for minutes
    }

    /// <summary>The code in the terms of .NET's custom numeric formats.</summary>
    public string Pattern => _pattern.ToString();

    public bool HasDigits { get; private set; }

    public bool IsDate { get; private set; }

    public bool IsTime { get; private set; }

    public bool IsElapsed { get; private set; }

    // [$€-407] is a currency, [h] a duration; the rest are colours and conditions
    private void Bracket(string content)
    {
        if (content.StartsWith('$'))
        {
            Literal(content[1..].Split('-')[0]);
        }
        else if (content.Length > 0 && content.Trim('h', 'H', 'm', 'M', 's', 'S').Length == 0)
        {
            (IsTime, IsElapsed) = (true, true);
        }
    }

    private void Literal(string text)
    {
        foreach (var c in text)
        {
            _pattern.Append('\\').Append(c);
        }
    }
}
