using System.Globalization;

namespace Rag.Analysis;

/// <summary>Word_Break property values (UAX #29, table 3), with the values that mean "any" told apart by script so that a word's kind is known.</summary>
/// <remarks>Values from <see cref="Numeric"/> on never break from one another (rules WB5, WB8 to WB10, WB13a, WB13b), which the scanner's inner loop relies on.</remarks>
internal enum WordBreak : byte
{
    Other, Ideographic, Hiragana, SoutheastAsian, Pictographic,
    CR, LF, Newline, Extend, Format, ZWJ, Space,
    RegionalIndicator, Katakana, SingleQuote, DoubleQuote, MidNumLet, MidLetter, MidNum,
    Numeric, ExtendNumLet, Hebrew, Letter, PictographicLetter, Hangul,
}

/// <summary>The Word_Break property of code points, Unicode 16.</summary>
internal static class WordBreaks
{
    /// <summary>The table; values are <see cref="WordBreak"/>.</summary>
    // Derived from the general categories and the exceptions of UAX #29 table 3. Letters of scripts that are written without
    // spaces (Line_Break=SA, ideographs, Hiragana) are not ALetter there.
    public static readonly BreakTable Table = new(
        ByCategory,
        Is(WordBreak.SoutheastAsian, "0E01-0E30 0E32-0E33 0E40-0E46 0E81-0EB0 0EB2-0EB3 0EBD-0EC6 0EDC-0EDF 1000-102A 103F 1050-1055 105A-105D 1061 1065-1066 106E-1070 1075-1081 108E"
            + " 1780-17B3 17D7 17DC 1950-1974 1980-19C9 1A20-1A54 1AA7 A9E0-A9E4 A9E6-A9EF A9FA-A9FE AA60-AA76 AA7A AA7E-AAAF AAB1 AAB5-AAB6 AAB9-AABD AAC0 AAC2 AADB-AADD 11700-1171A 11740-11746"),
        Is(WordBreak.Hangul, "1100-11FF A960-A97C AC00-D7A3 D7B0-D7C6 D7CB-D7FB 3131-318E FFA0-FFDC"),
        Is(WordBreak.Ideographic, "3006-3007 3021-3029 3038-303A 3400-4DBF 4E00-9FFF F900-FA6D FA70-FAD9 17000-18CFF 18D00-18D08 1B170-1B2FB 20000-2A6DF 2A700-2EE5D 2F800-2FA1D 30000-323AF"),
        Is(WordBreak.Hiragana, "3041-3096 309D-309F 1B001-1B11F 1B132 1B150-1B152"),
        Is(WordBreak.Katakana, "3031-3035 309B-309C 30A0-30FA 30FC-30FF 31F0-31FF 32D0-32FE 3300-3357 FF66-FF9D 1AFF0-1AFF3 1AFF5-1AFFB 1AFFD-1AFFE 1B000 1B120-1B122 1B155 1B164-1B167"),
        Is(WordBreak.Hebrew, "05D0-05EA 05EF-05F2 FB1D FB1F-FB28 FB2A-FB36 FB38-FB3C FB3E FB40-FB41 FB43-FB44 FB46-FB4F"),
        Is(WordBreak.Letter, "02C2-02C5 02D2-02D7 02DE-02DF 02E5-02EB 02ED 02EF-02FF 055A-055C 055E 058A 05F3 070F 24B6-24E9 A708-A716 A720-A721 A789-A78A AB5B 1F130-1F149 1F150-1F169"),
        Is(WordBreak.Numeric, "0600-0605 066B 06DD 0890-0891 08E2 110BD 110CD"),
        Is(WordBreak.ExtendNumLet, "202F"),
        Is(WordBreak.SingleQuote, "0027"),
        Is(WordBreak.DoubleQuote, "0022"),
        Is(WordBreak.MidNumLet, "002E 2018-2019 2024 FE52 FF07 FF0E"),
        Is(WordBreak.MidLetter, "003A 00B7 0387 055F 05F4 2027 FE13 FE55 FF1A"),
        Is(WordBreak.MidNum, "002C 003B 037E 0589 060C-060D 066C 07F8 2044 FE10 FE14 FE50 FE54 FF0C FF1B"),
        Is(WordBreak.Space, "0020 1680 2000-2006 2008-200A 205F 3000"),
        Is(WordBreak.CR, "000D"),
        Is(WordBreak.LF, "000A"),
        Is(WordBreak.Newline, "000B-000C 0085 2028-2029"),
        Is(WordBreak.Other, "200B"),
        Is(WordBreak.Extend, "200C FF9E-FF9F 1F3FB-1F3FF E0020-E007F"),
        Is(WordBreak.ZWJ, "200D"),
        Is(WordBreak.Pictographic, "00A9 00AE 203C 2049 2122 2194-2199 21A9-21AA 231A-231B 2328 2388 23CF 23E9-23F3 23F8-23FA 25AA-25AB 25B6 25C0 25FB-25FE 2600-2605 2607-2612 2614-2685 2690-2705"
            + " 2708-2712 2714 2716 271D 2721 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757 2763-2767 2795-2797 27A1 27B0 27BF 2934-2935 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299"
            + " 1F000-1F0FF 1F10D-1F10F 1F12F 1F16C-1F16F 1F18E 1F191-1F19A 1F1AD-1F1E5 1F201-1F20F 1F21A 1F22F 1F232-1F23A 1F23C-1F23F 1F249-1F3FA 1F400-1F53D 1F546-1F64F 1F680-1F6FF 1F774-1F77F"
            + " 1F7D5-1F7FF 1F80C-1F80F 1F848-1F84F 1F85A-1F85F 1F888-1F88F 1F8AE-1F8FF 1F90C-1F93A 1F93C-1F945 1F947-1FAFF 1FC00-1FFFD"),
        Is(WordBreak.PictographicLetter, "2139 24C2 1F170-1F189"),
        Is(WordBreak.RegionalIndicator, "1F1E6-1F1FF"));

    private static (byte, string) Is(WordBreak value, string ranges) => ((byte)value, ranges);

    private static byte ByCategory(UnicodeCategory category) => (byte)(category switch
    {
        <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => WordBreak.Letter,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => WordBreak.Extend,
        UnicodeCategory.DecimalDigitNumber => WordBreak.Numeric,
        UnicodeCategory.ConnectorPunctuation => WordBreak.ExtendNumLet,
        UnicodeCategory.Format => WordBreak.Format,
        _ => WordBreak.Other,
    });
}
