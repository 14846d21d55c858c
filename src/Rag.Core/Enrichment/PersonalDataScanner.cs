using System.Buffers;
using System.Text.RegularExpressions;

namespace Rag.Enrichment;

/// <summary>Finds places of a text that hold personal data, by form and checksum. Time is linear in the length of the text.</summary>
internal static partial class PersonalDataScanner
{
    private const int LongestLocalPart = 64;
    private const int LongestDomain = 253;

    private static readonly SearchValues<char> Local = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-");
    private static readonly SearchValues<char> Domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    /// <summary>The kinds that are found.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["card", "de-tax-id", "email", "iban", "ip", "phone", "us-ssn"];

    /// <summary>Each place with its kind, in no order; the places of one kind do not overlap.</summary>
    public static IEnumerable<(string Kind, TextSpan Span)> Find(string text, CancellationToken cancellationToken)
    {
        var ibans = new List<TextSpan>();
        foreach (var match in Matches(IbanForm(), text, cancellationToken))
        {
            if (Iban(text, match) is { } span)
            {
                ibans.Add(span);
                yield return ("iban", span);
            }
        }

        foreach (var span in Emails(text, cancellationToken))
        {
            yield return ("email", span);
        }

        foreach (var span in Matches(NumberForm(), text, cancellationToken))
        {
            if (!ibans.Exists(iban => iban.Overlaps(span)) && KindOf(text, span) is { } kind)
            {
                yield return (kind, span);
            }
        }

        foreach (var span in Matches(AddressForm(), text, cancellationToken))
        {
            if (PersonalNumbers.IsHostAddress(span.Of(text)) && !Version().IsMatch(Before(text, span, 12)))
            {
                yield return ("ip", span);
            }
        }
    }

    private static IEnumerable<TextSpan> Matches(Regex form, string text, CancellationToken cancellationToken)
    {
        for (var match = form.Match(text); match.Success; match = match.NextMatch())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(match.Index, match.Index + match.Length);
        }
    }

    // From each @ to both sides: a domain of labels that ends in two letters or more, and a local part that begins and ends with a letter or digit.
    private static IEnumerable<TextSpan> Emails(string text, CancellationToken cancellationToken)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Email(text, at) is { } span)
            {
                yield return span;
            }
        }
    }

    private static TextSpan? Email(string text, int at)
    {
        var left = text.AsSpan(Math.Max(0, at - LongestLocalPart - 1), Math.Min(at, LongestLocalPart + 1));
        var local = left[(left.LastIndexOfAnyExcept(Local) + 1)..].TrimStart("._%+-");
        var right = text.AsSpan(at + 1, Math.Min(text.Length - at - 1, LongestDomain));
        var domain = right[..(right.IndexOfAnyExcept(Domain) is >= 0 and var end ? end : right.Length)].TrimEnd(".-");
        var top = domain[(domain.LastIndexOf('.') + 1)..];
        var isEmail = local.Length is > 0 and <= LongestLocalPart && char.IsAsciiLetterOrDigit(local[^1]) && domain.Length > top.Length + 1 && char.IsAsciiLetterOrDigit(domain[0])
            && top.Length >= 2 && !top.ContainsAnyExcept(Letters) && domain.IndexOf("..", StringComparison.Ordinal) < 0;
        return isEmail ? new(at - local.Length, at + 1 + domain.Length) : null;
    }

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // The groups behind an IBAN may look like its last ones; one of the lengths fits.
    private static TextSpan? Iban(string text, TextSpan match)
    {
        for (var end = match.End; end - match.Start >= 15; end--)
        {
            var compact = text[match.Start..end].Replace(" ", "", StringComparison.Ordinal);
            if (text[end - 1] != ' ' && PersonalNumbers.IsIban(compact))
            {
                return new(match.Start, end);
            }
        }

        return null;
    }

    private static string? KindOf(string text, TextSpan span)
    {
        var written = text.AsSpan(span.Start, span.Length);
        Span<char> digits = stackalloc char[24];
        var count = 0;
        foreach (var c in written)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length)
                {
                    return null;
                }

                digits[count++] = c;
            }
        }

        digits = digits[..count];
        return written[0] == '+' ? (PersonalNumbers.IsInternationalPhone(digits) ? "phone" : null)
            : CardForm().IsMatch(written) && PersonalNumbers.IsCard(digits) ? "card"
            : SocialSecurityForm().IsMatch(written) && PersonalNumbers.IsSocialSecurity(digits) ? "us-ssn"
            : TaxIdForm().IsMatch(written) && PersonalNumbers.IsGermanTaxId(digits) ? "de-tax-id"
            : AmericanPhoneForm().IsMatch(written) && PersonalNumbers.IsAmericanPhone(digits[^10..]) ? "phone"
            : count is >= 7 and <= 15 && PhoneCue().IsMatch(Before(text, span, 24)) ? "phone"
            : null;
    }

    private static ReadOnlySpan<char> Before(string text, TextSpan span, int length) => text.AsSpan(Math.Max(0, span.Start - length), Math.Min(span.Start, length));

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\b", RegexOptions.CultureInvariant)]
    private static partial Regex IbanForm();

    // digits in groups, each divided from the next by one sign or by parentheses; not inside a word, a decimal number or a longer number
    [GeneratedRegex(@"(?<![\w.,/=#-])(?:\+|\+?\()?[0-9](?:[ ./-]?[0-9]|\) ?[0-9]|[ -]\([0-9]){6,22}(?![\w%]|[.,/-][0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"(?<![\w.:-])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4})(?![\w:]|\.[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex AddressForm();

    // of 17 digits and more without groups, far more are numbers of things than of cards
    [GeneratedRegex(@"^(?:[0-9]{13,16}|[0-9]{4}(?<s>[ -])[0-9]{4}\k<s>[0-9]{4}\k<s>[0-9]{1,7}|[0-9]{4}(?<t>[ -])[0-9]{6}\k<t>[0-9]{4,5})$", RegexOptions.CultureInvariant)]
    private static partial Regex CardForm();

    [GeneratedRegex(@"^[0-9]{3}-[0-9]{2}-[0-9]{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex SocialSecurityForm();

    [GeneratedRegex(@"^(?:[0-9]{11}|[0-9]{2} [0-9]{3} [0-9]{3} [0-9]{3})$", RegexOptions.CultureInvariant)]
    private static partial Regex TaxIdForm();

    [GeneratedRegex(@"^(?:1[ .-])?(?:\([0-9]{3}\) ?[0-9]{3}-[0-9]{4}|[0-9]{3}(?<s>[.-])[0-9]{3}\k<s>[0-9]{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex AmericanPhoneForm();

    [GeneratedRegex(@"\b(?:tel|telephone|phone|fon|telefon|téléphone|teléfono|mobile|mobil|cell|fax|handy)\b\.?[^\w\n]{0,8}(?:no\.?|nr\.?|number)?[^\w\n]{0,4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhoneCue();

    [GeneratedRegex(@"(?:\bv|version|release|section|§)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
