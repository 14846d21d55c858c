using System.Globalization;
using System.Text;

namespace Rag.Ingest.Reading;

/// <summary>Writes the number of a list item, in the formats that HTML and Word share. Names are Word's (ST_NumberFormat, ECMA-376 part 1, 17.18.59).</summary>
internal static class NumberFormat
{
    private static readonly (int Value, string Numeral)[] Numerals =
        [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];

    /// <summary>The number in that format; in decimal for a format that is not known and where the format has no such number.</summary>
    public static string Of(int number, string format) => format switch
    {
        "lowerLetter" when number is > 0 and <= 26 * 30 => Letters(number),
        "upperLetter" when number is > 0 and <= 26 * 30 => Letters(number).ToUpperInvariant(),
        "lowerRoman" when number is > 0 and < 4000 => Roman(number),
        "upperRoman" when number is > 0 and < 4000 => Roman(number).ToUpperInvariant(),
        "decimalZero" when number is >= 0 and < 10 => "0" + (char)('0' + number),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    // Word counts a..z, aa..zz, aaa..zzz: the letter is repeated
    private static string Letters(int number) => new((char)('a' + ((number - 1) % 26)), ((number - 1) / 26) + 1);

    private static string Roman(int number)
    {
        var text = new StringBuilder();
        foreach (var (value, numeral) in Numerals)
        {
            for (; number >= value; number -= value)
            {
                text.Append(numeral);
            }
        }

        return text.ToString();
    }
}
