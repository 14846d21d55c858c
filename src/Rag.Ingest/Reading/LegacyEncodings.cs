using System.Buffers;
using System.Text;

namespace Rag.Ingest.Reading;

/// <summary>Tells apart the legacy code pages in common use by how much of the text they turn into frequent characters.</summary>
/// <remarks>
/// The frequent characters are those that the standards put first: JIS X 0208 level 1 and kana, GB 2312 level 1, KS X 1001 Hangul, Big5 level 1.
/// Other code pages (Central European, Greek, Turkish, Arabic, ...) are read as windows-1252.
/// </remarks>
internal static class LegacyEncodings
{
    private enum Verdict
    {
        Invalid,
        Rare,
        Neutral,
        Common,
        Kana,
    }

    private delegate (int Length, Verdict Verdict) Step(ReadOnlySpan<byte> text, int at);

    // quotes, dashes, ellipsis, euro, trade mark, no-break space, ¡ £ § © « ® ° ´ · » ¿
    private static readonly SearchValues<char> _marks =
        SearchValues.Create("\u0080\u0082\u0084\u0085\u008B\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0099\u009B\u00A0\u00A1\u00A3\u00A7\u00A9\u00AB\u00AE\u00B0\u00B4\u00B7\u00BB\u00BF");

    // In order of preference among equals: Korean is valid and frequent as Chinese, but not the other way round.
    private static readonly (Encoding Encoding, Step Step)[] _candidates =
    [
        (CodePage("windows-1252"), Western),
        (CodePage("windows-1251"), Cyrillic),
        (CodePage("shift_jis"), ShiftJis),
        (CodePage("euc-kr"), Korean),
        (CodePage("gb18030"), Chinese),
        (CodePage("big5"), Big5),
        (CodePage("euc-jp"), EucJp),
    ];

    /// <summary>The likeliest encoding of <paramref name="sample"/>, which holds bytes above 127.</summary>
    public static Encoding Guess(ReadOnlySpan<byte> sample)
    {
        var best = (_candidates[0].Encoding, Score: 0.0);
        foreach (var (encoding, step) in _candidates)
        {
            var score = Score(sample, step, japanese: step == ShiftJis || step == EucJp);
            best = score > best.Score ? (encoding, score) : best;
        }

        return best.Encoding;
    }

    // Share of frequent characters among those beyond ASCII; 0 where more than 1 % is invalid.
    private static double Score(ReadOnlySpan<byte> sample, Step step, bool japanese)
    {
        Span<int> counts = stackalloc int[5];
        for (var i = 0; i < sample.Length;)
        {
            if (sample[i] < 0x80)
            {
                i++;
                continue;
            }

            var (length, verdict) = step(sample, i);
            if (i + length <= sample.Length)
            {
                counts[(int)verdict]++;
            }

            i += length;
        }

        var good = counts[(int)Verdict.Common] + counts[(int)Verdict.Kana];
        var judged = good + counts[(int)Verdict.Rare];
        if (counts[(int)Verdict.Invalid] * 100 > judged)
        {
            return 0;
        }

        var score = judged == 0 ? 0.5 : good / (double)judged;
        return japanese && counts[(int)Verdict.Kana] * 20 < judged ? score / 2 : score; // hardly a Japanese sentence is without kana
    }

    private static (int, Verdict) Western(ReadOnlySpan<byte> text, int at)
    {
        if (!IsWesternLetter(text[at]))
        {
            return (1, text[at] is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D ? Verdict.Invalid : _marks.Contains((char)text[at]) ? Verdict.Neutral : Verdict.Rare);
        }

        var (before, after) = (IsWesternLetter(At(text, at - 1)), IsWesternLetter(At(text, at + 1)));
        return (1, before && after ? Verdict.Rare : before || after || IsAsciiLetter(At(text, at - 1)) || IsAsciiLetter(At(text, at + 1)) ? Verdict.Common : Verdict.Neutral);
    }

    private static (int, Verdict) Cyrillic(ReadOnlySpan<byte> text, int at)
    {
        var (before, after) = (At(text, at - 1), At(text, at + 1));
        if (!IsCyrillicLetter(text[at]))
        {
            return (1, text[at] == 0x98 ? Verdict.Invalid : IsOddInCyrillic(text[at]) ? Verdict.Rare : Verdict.Neutral);
        }

        var capitalInside = text[at] is >= 0xC0 and < 0xE0 && before >= 0xE0;
        return (1, capitalInside || IsAsciiLetter(before) || IsAsciiLetter(after) || IsOddInCyrillic(before) || IsOddInCyrillic(after) ? Verdict.Rare
            : before >= 0xC0 || after >= 0xC0 ? Verdict.Common : Verdict.Neutral);
    }

    private static (int, Verdict) ShiftJis(ReadOnlySpan<byte> text, int at)
    {
        var (lead, trail) = (text[at], At(text, at + 1));
        return lead switch
        {
            >= 0xA1 and <= 0xDF => (1, Verdict.Rare), // half-width katakana
            0x80 or 0xA0 or > 0xFC => (1, Verdict.Invalid),
            _ when trail is < 0x40 or 0x7F or > 0xFC => (at + 1 < text.Length ? 1 : 2, Verdict.Invalid),
            0x82 when trail is >= 0x9F and <= 0xF1 => (2, Verdict.Kana),
            0x83 when trail <= 0x96 => (2, Verdict.Kana),
            0x81 or 0x82 => (2, Verdict.Neutral),
            _ => (2, (lead == 0x88 && trail >= 0x9F) || lead is > 0x88 and < 0x98 || (lead == 0x98 && trail <= 0x72) ? Verdict.Common : Verdict.Rare),
        };
    }

    private static (int, Verdict) EucJp(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        0x8F => (3, Verdict.Rare),
        0x8E => (2, Verdict.Rare),
        0xA4 or 0xA5 => Pair(text, at, Verdict.Kana),
        var lead => Pair(text, at, lead is >= 0xB0 and <= 0xCF ? Verdict.Common : lead is >= 0xA1 and <= 0xA3 ? Verdict.Neutral : Verdict.Rare),
    };

    private static (int, Verdict) Korean(ReadOnlySpan<byte> text, int at) =>
        Pair(text, at, text[at] is >= 0xB0 and <= 0xC8 ? Verdict.Common : text[at] is >= 0xA1 and <= 0xA3 ? Verdict.Neutral : Verdict.Rare);

    private static (int, Verdict) Chinese(ReadOnlySpan<byte> text, int at) => At(text, at + 1) switch
    {
        >= 0x30 and <= 0x39 => (4, Verdict.Rare),
        >= 0x40 and < 0xA1 and not 0x7F => (2, Verdict.Rare),
        _ => Pair(text, at, text[at] is >= 0xB0 and <= 0xD7 ? Verdict.Common : text[at] is >= 0xA1 and <= 0xA3 ? Verdict.Neutral : Verdict.Rare),
    };

    private static (int, Verdict) Big5(ReadOnlySpan<byte> text, int at)
    {
        var verdict = text[at] is >= 0xA4 and <= 0xC6 ? Verdict.Common : text[at] is >= 0xA1 and <= 0xA3 ? Verdict.Neutral : Verdict.Rare;
        return At(text, at + 1) is >= 0x40 and <= 0x7E ? (2, verdict) : Pair(text, at, verdict);
    }

    // Two bytes from A1 to FE; a character cut off by the end of the sample reaches beyond it and is not counted.
    private static (int, Verdict) Pair(ReadOnlySpan<byte> text, int at, Verdict verdict) =>
        at + 1 == text.Length || (text[at] is >= 0xA1 and <= 0xFE && text[at + 1] is >= 0xA1 and <= 0xFE) ? (2, verdict) : (1, Verdict.Invalid);

    private static bool IsWesternLetter(byte b) => b is >= 0xC0 and not (0xD7 or 0xF7) or 0x8A or 0x8C or 0x8E or 0x9A or 0x9C or 0x9E or 0x9F;

    // the Russian alphabet, and і ї є ґ of Ukrainian
    private static bool IsCyrillicLetter(byte b) => b is >= 0xC0 or 0xA8 or 0xB8 or 0xA5 or 0xB4 or 0xAA or 0xBA or 0xAF or 0xBF or 0xB2 or 0xB3;

    private static bool IsOddInCyrillic(byte b) => b >= 0x80 && b != 0xB9 && !IsCyrillicLetter(b) && !_marks.Contains((char)b); // B9: №

    private static bool IsAsciiLetter(byte b) => char.IsAsciiLetter((char)b);

    private static byte At(ReadOnlySpan<byte> text, int at) => at >= 0 && at < text.Length ? text[at] : (byte)0;

    // straight from the provider: registering it would change what every other component of the process sees
    private static Encoding CodePage(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? throw new NotSupportedException($"This .NET has no code page {name}.");
}
