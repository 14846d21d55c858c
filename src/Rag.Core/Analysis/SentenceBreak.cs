using System.Globalization;

namespace Rag.Analysis;

/// <summary>Sentence_Break property values (UAX #29, table 4).</summary>
internal enum SentenceBreak : byte
{
    Other, CR, LF, Separator, Extend, Format, Space, Lower, Upper, OtherLetter, Numeric, ATerm, SContinue, STerm, Close,
}

/// <summary>The Sentence_Break property of code points, Unicode 16.</summary>
internal static class SentenceBreaks
{
    /// <summary>The table; values are <see cref="SentenceBreak"/>.</summary>
    // Derived from the general categories and the exceptions of UAX #29 table 4 (Other_Lowercase, Other_Uppercase, Sentence_Terminal, Line_Break=Quotation).
    public static readonly BreakTable Table = new(
        ByCategory,
        Is(SentenceBreak.OtherLetter, "10D0-10FA 10FD-10FF 1C90-1CBA 1CBD-1CBF 05F3"),
        Is(SentenceBreak.Lower, "00AA 00BA 02B0-02B8 02C0-02C1 02E0-02E4 037A 10FC 1D2C-1D6A 1D78 1D9B-1DBF 2071 207F 2090-209C 2170-217F 24D0-24E9 2C7C-2C7D A69C-A69D A770 A7F2-A7F4 A7F8-A7F9"
            + " AB5C-AB5F AB69 10780 10783-10785 10787-107B0 107B2-107BA 1E030-1E06D"),
        Is(SentenceBreak.Upper, "2160-216F 24B6-24CF 1F130-1F149 1F150-1F169 1F170-1F189"),
        Is(SentenceBreak.Extend, "200C-200D FF9E-FF9F E0020-E007F"),
        Is(SentenceBreak.Numeric, "0600-0605 066B-066C 06DD 0890-0891 08E2 110BD 110CD"),
        Is(SentenceBreak.OtherLetter, "070F"),
        Is(SentenceBreak.Space, "0009 000B-000C 0020 00A0 1680 2000-200A 202F 205F 3000"),
        Is(SentenceBreak.Separator, "0085 2028-2029"),
        Is(SentenceBreak.CR, "000D"),
        Is(SentenceBreak.LF, "000A"),
        Is(SentenceBreak.ATerm, "002E 2024 FE52 FF0E"),
        Is(SentenceBreak.SContinue, "002C-002D 003A-003B 037E 055D 060C-060D 07F8 1802 1808 2013-2014 3001 FE10-FE11 FE13-FE14 FE31-FE32 FE50-FE51 FE54-FE55 FE58 FE63 FF0C-FF0D FF1A-FF1B FF64"),
        Is(SentenceBreak.Close, "0022 0027 275B-2760 2E00-2E01 2E06-2E08 2E0B 1F676-1F678"),
        Is(SentenceBreak.STerm, "0021 003F 0589 061D-061F 06D4 0700-0702 07F9 0837 0839 083D-083E 0964-0965 104A-104B 1362 1367-1368 166E 1735-1736 17D4-17D5 1803 1809 1944-1945 1AA8-1AAB 1B4E-1B4F 1B5A-1B5B"
            + " 1B5E-1B5F 1B7D-1B7F 1C3B-1C3C 1C7E-1C7F 203C-203D 2047-2049 2CF9-2CFB 2E2E 2E3C 2E53-2E54 3002 A4FF A60E-A60F A6F3 A6F7 A876-A877 A8CE-A8CF A92F A9C8-A9C9 AA5D-AA5F AAF0-AAF1"
            + " ABEB FE12 FE15-FE16 FE56-FE57 FF01 FF1F FF61 10A56-10A57 10F55-10F59 10F86-10F89 11047-11048 110BE-110C1 11141-11143 111C5-111C6 111CD 111DE-111DF 11238-11239 1123B-1123C 112A9"
            + " 113D4-113D5 1144B-1144C 115C2-115C3 115C9-115D7 11641-11642 1173C-1173E 11944 11946 11A42-11A43 11A9B-11A9C 11C41-11C42 11EF7-11EF8 11F43-11F44 16A6E-16A6F 16AF5 16B37-16B38 16B44"
            + " 16D6E-16D6F 16E98 1BC9F 1DA88"));

    private static (byte, string) Is(SentenceBreak value, string ranges) => ((byte)value, ranges);

    private static byte ByCategory(UnicodeCategory category) => (byte)(category switch
    {
        UnicodeCategory.LowercaseLetter => SentenceBreak.Lower,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => SentenceBreak.Upper,
        UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.LetterNumber => SentenceBreak.OtherLetter,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => SentenceBreak.Extend,
        UnicodeCategory.DecimalDigitNumber => SentenceBreak.Numeric,
        UnicodeCategory.Format => SentenceBreak.Format,
        UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation => SentenceBreak.Close,
        _ => SentenceBreak.Other,
    });
}
