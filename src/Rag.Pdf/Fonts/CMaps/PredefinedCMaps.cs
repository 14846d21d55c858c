using System.Collections.Concurrent;
using System.Text;

namespace Rag.Pdf.Fonts.CMaps;

/// <summary>
/// The predefined CMaps (9.7.5.2) and those of Adobe's cmap-resources that are like them. No tables: their codes are those of published character sets, which .NET decodes, and text has its CID in the collection.
/// </summary>
internal static class PredefinedCMaps
{
    private const string Iso = "00-80 A1A1-FEFE";
    private const string ShiftJis = "00-80 8140-9FFC A0-DF E040-FCFC";
    private const string MacShiftJis = ShiftJis + " FD-FF";
    private const string Ucs2 = "0000-FFFF";
    private const string Utf16 = "0000-D7FF D800DC00-DBFFDFFF E000-FFFF";
    private const string Utf8 = "00-7F C080-DFBF E08080-EFBFBF F0808080-F7BFBFBF";
    private const string Utf32 = "00000000-0010FFFF";

    // .NET's numbers of code pages. HKSCS has none, so that its additions to Big Five have no text here; nor do the planes of CNS 11643 beyond those of Big Five.
    private const int Utf8Page = 65001, Utf16Page = 1201, Utf32Page = 12001;

    private static readonly ConcurrentDictionary<string, CMap?> Made = new(StringComparer.Ordinal);

    /// <summary>The CMap called so, or <see langword="null"/> where it is none of these.</summary>
    public static CMap? Find(string name) => name switch
    {
        "Identity-H" or "Identity" => CMap.IdentityH,
        "Identity-V" => CMap.IdentityV,
        { Length: < 40 } when Stem(name) is { } stem && Row(stem) is { } row => Made.GetOrAdd(name, n => Make(row, n.EndsWith('V'))),
        _ => null,
    };

    private static string? Stem(string name) => name is "H" or "V" ? "" : name.EndsWith("-H", StringComparison.Ordinal) || name.EndsWith("-V", StringComparison.Ordinal) ? name[..^2] : null;

    private static CMap Make((string Collection, int Page, int Latin, string Space) row, bool isVertical)
    {
        var isSevenBit = row.Space == SevenBit;
        var encoding = row.Page is Utf8Page or Utf16Page or Utf32Page
            ? Encoding.GetEncoding(row.Page, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(""))
            : CodePagesEncodingProvider.Instance.GetEncoding(row.Page, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(""))!;
        return new() { Space = CodeSpace.Of(row.Space), IsVertical = isVertical, Set = new(encoding, row.Collection, row.Latin, isSevenBit) };
    }

    private const string SevenBit = "2121-7E7E";

    private static (string Collection, int Page, int Latin, string Space)? Row(string stem) => stem switch
    {
        "GB-EUC" or "GBT-EUC" => ("Adobe-GB1", 936, 813, Iso),
        "GBpc-EUC" or "GBTpc-EUC" => ("Adobe-GB1", 10008, 1, "00-80 A1A1-FCFE FD-FF"),
        "GB" or "GBT" => ("Adobe-GB1", 936, 1, SevenBit),
        "GBK-EUC" => ("Adobe-GB1", 936, 813, "00-80 8140-FEFE"),
        "GBKp-EUC" => ("Adobe-GB1", 936, 1, "00-80 8140-FEFE"),
        "GBK2K" => ("Adobe-GB1", 54936, 1, "00-7F 81308130-FE39FE39 8140-FEFE"),
        "B5pc" => ("Adobe-CNS1", 10002, 1, "00-80 A140-FCFE FD-FF"),
        "HKscs-B5" or "HKdla-B5" or "HKdlb-B5" or "HKgccs-B5" or "HKm314-B5" or "HKm471-B5" or "ETHK-B5" => ("Adobe-CNS1", 950, 1, "00-80 8740-FEFE"),
        "ETen-B5" or "B5" => ("Adobe-CNS1", 950, 13648, "00-80 A140-FEFE"),
        "ETenms-B5" => ("Adobe-CNS1", 950, 1, "00-80 A140-FEFE"),
        "83pv-RKSJ" or "90pv-RKSJ" => ("Adobe-Japan1", 10001, 1, MacShiftJis),
        "90msp-RKSJ" => ("Adobe-Japan1", 932, 1, ShiftJis),
        "90ms-RKSJ" or "Add-RKSJ" or "Ext-RKSJ" or "78-RKSJ" or "78ms-RKSJ" or "RKSJ" => ("Adobe-Japan1", 932, 231, ShiftJis),
        "EUC" or "78-EUC" => ("Adobe-Japan1", 51932, 231, "00-80 8EA0-8EDF A1A1-FEFE"),
        "" or "78" or "Add" or "Ext" or "NWP" => ("Adobe-Japan1", 51932, 1, SevenBit),
        "KSC-EUC" => ("Adobe-Korea1", 949, 8094, Iso),
        "KSC" => ("Adobe-Korea1", 949, 1, SevenBit),
        "KSCms-UHC" => ("Adobe-Korea1", 949, 1, "00-80 8141-FEFE"),
        "KSCms-UHC-HW" => ("Adobe-Korea1", 949, 8094, "00-80 8141-FEFE"),
        "KSCpc-EUC" => ("Adobe-Korea1", 10003, 1, "00-84 A141-FDFE FE-FF"),
        "KSC-Johab" => ("Adobe-Korea1", 1361, 8094, "00-80 8441-D3FE D931-DEFE E031-F9FE"),
        ['U', 'n', 'i', ..] => Unicode(stem),
        _ => null,
    };

    // UniGB-UCS2, UniJIS2004-UTF16, UniJISPro-UCS2-HW ...
    private static (string Collection, int Page, int Latin, string Space)? Unicode(string stem)
    {
        var collection = stem switch
        {
            ['U', 'n', 'i', 'G', 'B', '-', ..] => "Adobe-GB1",
            ['U', 'n', 'i', 'C', 'N', 'S', '-', ..] => "Adobe-CNS1",
            ['U', 'n', 'i', 'J', 'I', 'S', ..] or ['U', 'n', 'i', 'H', 'o', 'j', 'o', ..] => "Adobe-Japan1",
            ['U', 'n', 'i', 'K', 'S', '-', ..] => "Adobe-Korea1",
            ['U', 'n', 'i', 'A', 'K', 'R', '-', ..] => "Adobe-KR",
            _ => null,
        };
        var latin = stem.EndsWith("-HW", StringComparison.Ordinal) ? 231 : 1;
        return collection is null ? null
            : stem.Contains("-UCS2", StringComparison.Ordinal) ? (collection, Utf16Page, latin, Ucs2)
            : stem.Contains("-UTF16", StringComparison.Ordinal) ? (collection, Utf16Page, latin, Utf16)
            : stem.Contains("-UTF8", StringComparison.Ordinal) ? (collection, Utf8Page, latin, Utf8)
            : stem.Contains("-UTF32", StringComparison.Ordinal) ? (collection, Utf32Page, latin, Utf32)
            : null;
    }
}
