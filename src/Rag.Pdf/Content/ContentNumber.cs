using System.Runtime.CompilerServices;
namespace Rag.Pdf.Content;

/// <summary>Numbers in content streams (7.3.3), and what writers made of them.</summary>
internal static class ContentNumber
{
    private const int MostDigits = 18;
    private static readonly double[] _powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>Reads the number at <paramref name="i"/>. Two signs count as one; what follows a second point or a sign within is passed over, as Acrobat does.</summary>
    /// <returns>Where it ends.</returns>
    [MethodImpl(HotPath.Options)]
    public static int Read(ReadOnlySpan<byte> content, int i, out double number)
    {
        var isNegative = false;
        while (i < content.Length && content[i] is (byte)'-' or (byte)'+')
        {
            isNegative |= content[i++] == '-';
        }

        var value = 0L;
        var digits = 0;
        var beyond = 0;
        for (uint digit; i < content.Length && (digit = content[i] - (uint)'0') <= 9; i++)
        {
            if (digits < MostDigits)
            {
                value = (value * 10) + digit;
                digits += value == 0 ? 0 : 1;
            }
            else
            {
                beyond++;
            }
        }

        var decimals = 0;
        if (i < content.Length && content[i] == '.')
        {
            i++;
            for (uint digit; i < content.Length && (digit = content[i] - (uint)'0') <= 9; i++)
            {
                if (digits + decimals < MostDigits)
                {
                    value = (value * 10) + digit;
                    decimals++;
                }
            }
        }

        number = decimals == 0 ? value : value / _powers[decimals];
        if (beyond > 0)
        {
            number *= Math.Pow(10, beyond);
        }

        if (i < content.Length && content[i] is (byte)'e' or (byte)'E' or (byte)'-' or (byte)'.' or (byte)'+')
        {
            i = Rest(content, i, ref number);
        }

        number = isNegative ? -number : number;
        return i;
    }

    /// <summary>An exponent, which PDF does not know but some write, or rubbish.</summary>
    private static int Rest(ReadOnlySpan<byte> content, int i, ref double number)
    {
        if (content[i] is (byte)'e' or (byte)'E')
        {
            var first = i + 1;
            var isNegative = first < content.Length && content[first] == '-';
            first += first < content.Length && content[first] is (byte)'-' or (byte)'+' ? 1 : 0;
            var exponent = 0;
            var last = first;
            for (; last < content.Length && char.IsAsciiDigit((char)content[last]); last++)
            {
                exponent = Math.Min(1000, (exponent * 10) + content[last] - '0');
            }

            if (last == first)
            {
                return i;
            }

            number *= Math.Pow(10, isNegative ? -exponent : exponent);
            return last;
        }

        while (i < content.Length && content[i] is (byte)'-' or (byte)'.' or (byte)'+' or (>= (byte)'0' and <= (byte)'9'))
        {
            i++;
        }

        return i;
    }
}
