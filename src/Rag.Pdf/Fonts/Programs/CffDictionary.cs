using System.Globalization;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>A DICT of a CFF program (5176, section 4): operators and their operands.</summary>
internal static class CffDictionary
{
    public const int Charset = 15, Encoding = 16, CharStrings = 17, Ros = 1200 + 30;

    /// <summary>The last operand of each operator; those of two bytes are 1200 and the second.</summary>
    public static Dictionary<int, double> Read(FontBytes bytes)
    {
        var operands = new Dictionary<int, double>();
        double last = 0;
        for (var i = 0; i < bytes.Length;)
        {
            int b = bytes.U8(i++);
            switch (b)
            {
                case <= 21:
                    operands[b == 12 ? 1200 + bytes.U8(i++) : b] = last;
                    last = 0;
                    break;
                case 28:
                    last = bytes.I16(i);
                    i += 2;
                    break;
                case 29:
                    last = (int)bytes.U32(i);
                    i += 4;
                    break;
                case 30:
                    last = Real(bytes, ref i);
                    break;
                case >= 32 and <= 246:
                    last = b - 139;
                    break;
                case >= 247 and <= 250:
                    last = (b - 247) * 256 + bytes.U8(i++) + 108;
                    break;
                case >= 251 and <= 254:
                    last = -(b - 251) * 256 - bytes.U8(i++) - 108;
                    break;
            }
        }

        return operands;
    }

    private static double Real(FontBytes bytes, ref int i)
    {
        var digits = "";
        while (i < bytes.Length)
        {
            var b = bytes.U8(i++);
            foreach (var nibble in (int[])[b >> 4, b & 15])
            {
                if (nibble == 15)
                {
                    return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
                }

                digits += nibble switch
                {
                    < 10 => nibble.ToString(CultureInfo.InvariantCulture),
                    10 => ".",
                    11 => "E",
                    12 => "E-",
                    14 => "-",
                    _ => "",
                };
                if (digits.Length > 64)
                {
                    return 0;
                }
            }
        }

        return 0;
    }
}
