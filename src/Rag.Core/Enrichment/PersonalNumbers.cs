using System.Globalization;
using System.Net;

namespace Rag.Enrichment;

/// <summary>Whether a string that looks like personal data is: checksums, lengths and ranges.</summary>
internal static class PersonalNumbers
{
    // Lengths of the IBAN registry (SWIFT, release 99), by country.
    private static readonly Dictionary<string, int> IbanLengths = """
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20
        LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToDictionary(c => c[..2], c => int.Parse(c[2..], CultureInfo.InvariantCulture));

    /// <summary>ISO 13616: the country's length, and the remainder 1 of ISO 7064 mod 97-10.</summary>
    /// <param name="compact">Upper-case letters and digits.</param>
    public static bool IsIban(string compact)
    {
        if (compact.Length < 15 || IbanLengths.GetValueOrDefault(compact[..2]) != compact.Length)
        {
            return false;
        }

        var remainder = 0;
        foreach (var c in compact[4..] + compact[..4])
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % 97 : ((remainder * 100) + c - 'A' + 10) % 97;
        }

        return remainder == 1;
    }

    /// <summary>ISO/IEC 7812: a range and length that Visa, Mastercard, American Express, Discover, JCB or Diners Club gives out, and Luhn's check digit.</summary>
    public static bool IsCard(ReadOnlySpan<char> digits)
    {
        if (digits.Length is < 13 or > 19)
        {
            return false;
        }

        var prefix = int.Parse(digits[..4], NumberStyles.None, CultureInfo.InvariantCulture);
        var known = digits.Length switch
        {
            13 or 19 => prefix / 1000 == 4,
            14 => prefix is (>= 3000 and <= 3059) or (>= 3600 and <= 3699) or (>= 3800 and <= 3899),
            15 => prefix / 100 is 34 or 37,
            16 => prefix / 1000 == 4 || prefix is (>= 5100 and <= 5599) or (>= 2221 and <= 2720) or 6011 or (>= 6440 and <= 6599) or (>= 3528 and <= 3589),
            _ => false,
        };
        return known && Luhn(digits) && digits.IndexOfAnyExcept(digits[0]) >= 0;
    }

    /// <summary>Social Security Administration: no area 000, 666 or from 900, no group 00, no serial 0000.</summary>
    public static bool IsSocialSecurity(ReadOnlySpan<char> digits) =>
        digits.Length == 9 && digits[..3] is not ("000" or "666") && digits[0] != '9' && digits[3..5] is not "00" && digits[5..] is not "0000";

    /// <summary>§ 139b AO: eleven digits, of the first ten exactly one that stands two or three times, the last the check digit of ISO 7064 mod 11,10.</summary>
    public static bool IsGermanTaxId(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 11 || digits[0] == '0')
        {
            return false;
        }

        Span<int> counts = stackalloc int[10];
        var product = 10;
        foreach (var c in digits[..10])
        {
            counts[c - '0']++;
            var sum = (c - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return counts.Count(2) + counts.Count(3) == 1 && counts.Count(0) + counts.Count(1) == 9 && (11 - product) % 10 == digits[10] - '0';
    }

    /// <summary>An address of a host: not of this one, not of several, not unspecified. One of small numbers such as 15.3.10.1 is rather that of a section or a version.</summary>
    public static bool IsHostAddress(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        return bytes.Length == 4
            ? bytes.Any(octet => octet >= 100) && bytes[0] is > 0 and < 224 && text.Split('.').All(octet => octet.Length == 1 || octet[0] != '0')
            : bytes[0] != 0xFF && text.Split(':', StringSplitOptions.RemoveEmptyEntries).Length >= 3 && text.Any(char.IsAsciiDigit);
    }

    /// <summary>ITU-T E.164: 8 to 15 digits behind a plus and no leading 0.</summary>
    public static bool IsInternationalPhone(ReadOnlySpan<char> digits) => digits.Length is >= 8 and <= 15 && digits[0] != '0';

    /// <summary>North American Numbering Plan: area and exchange from 200, neither ending in 11.</summary>
    public static bool IsAmericanPhone(ReadOnlySpan<char> digits) =>
        digits.Length == 10 && digits[0] >= '2' && digits[3] >= '2' && digits[1..3] is not "11" && digits[4..6] is not "11";

    private static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }
}
