using System.Collections.Concurrent;
using System.Text;

namespace Rag.Pdf.Fonts.CMaps;

/// <summary>
/// The predefined CMaps (9.7.5.2) and most others of Adobe's cmap-resources. Those whose codes are Unicode, or a character set that .NET decodes, need no table: text has its CID in the collection.
/// The others are a resource: a line with <c>#</c> and the name without its direction, then the sections of the CMap's program.
/// </summary>
internal static class PredefinedCMaps
{
    // .NET's numbers of code pages.
    private const int Utf8 = 65001, Utf16 = 1201, Utf32 = 12001;

    private const string SevenBit = "2121-7E7E";
    private const string ShiftJis = "00-80 8140-9FFC A0-DF E040-FCFC";

    private static readonly ConcurrentDictionary<string, CMap?> Made = new(StringComparer.Ordinal);
    private static readonly Lazy<Dictionary<string, string>> Tables = new(ReadTables);

    /// <summary>The CMap called so, or <see langword="null"/> where it is none of these.</summary>
    public static CMap? Find(string name) => name switch
    {
        "Identity-H" or "Identity" => CMap.IdentityH,
        "Identity-V" => CMap.IdentityV,
        "H" or "V" => Made.GetOrAdd(name, n => Table("H", "Adobe-Japan1").InMode(n == "V")),
        { Length: > 2 and < 40 } when name.EndsWith("-H", StringComparison.Ordinal) || name.EndsWith("-V", StringComparison.Ordinal) => Known(name),
        _ => null,
    };

    private static CMap? Known(string name)
    {
        if (Made.TryGetValue(name, out var made))
        {
            return made;
        }

        // unknown names are not kept: there is no end to them
        return Make(name[..^2]) is { } map ? Made.GetOrAdd(name, map.InMode(name.EndsWith('V'))) : null;
    }

    private static CMap? Make(string stem) => stem switch
    {
        "90ms-RKSJ" or "90pv-RKSJ" or "83pv-RKSJ" or "EUC" => Table(stem, "Adobe-Japan1"),
        "90msp-RKSJ" => WithLatin(1, Table("90ms-RKSJ", "Adobe-Japan1")),
        "GB-EUC" or "GBpc-EUC" => Table(stem, "Adobe-GB1"),
        "ETen-B5" or "B5pc" or "HKscs-B5" or "CNS-EUC" => Table(stem, "Adobe-CNS1"),
        "ETenms-B5" => WithLatin(1, Table("ETen-B5", "Adobe-CNS1")),
        "KSC-EUC" or "KSCms-UHC" or "KSCpc-EUC" => Table(stem, "Adobe-Korea1"),
        "KSCms-UHC-HW" => WithLatin(8094, Table("KSCms-UHC", "Adobe-Korea1")),
        "GBK-EUC" => OfPage(936, "Adobe-GB1", 813, "00-80 8140-FEFE"),
        "GBKp-EUC" => OfPage(936, "Adobe-GB1", 1, "00-80 8140-FEFE"),
        "GBK2K" => OfPage(54936, "Adobe-GB1", 1, "00-7F 81308130-FE39FE39 8140-FEFE"),
        "GB" => OfPage(936, "Adobe-GB1", 1, SevenBit),
        "Add-RKSJ" or "Ext-RKSJ" or "78-RKSJ" or "78ms-RKSJ" or "RKSJ" => OfPage(932, "Adobe-Japan1", 231, ShiftJis),
        "78-EUC" => OfPage(51932, "Adobe-Japan1", 231, "00-80 8EA0-8EDF A1A1-FEFE"),
        "78" or "Add" or "Ext" or "NWP" => OfPage(51932, "Adobe-Japan1", 1, SevenBit),
        "B5" => OfPage(950, "Adobe-CNS1", 13648, "00-80 A140-FCFE"),
        "KSC" => OfPage(949, "Adobe-Korea1", 1, SevenBit),
        "KSC-Johab" => OfPage(1361, "Adobe-Korea1", 1, "00-80 8441-D3FE D931-DEFE E031-F9FE"),
        _ => Unicode(stem),
    };

    // UniGB-UCS2, UniJIS2004-UTF16, UniJISPro-UCS2-HW ...
    private static CMap? Unicode(string stem)
    {
        var collection = stem.Split('-')[0] switch
        {
            "UniGB" => "Adobe-GB1",
            "UniCNS" => "Adobe-CNS1",
            "UniKS" => "Adobe-Korea1",
            "UniAKR" => "Adobe-KR",
            "UniJIS" or "UniJIS2004" or "UniJISPro" or "UniJISX0213" or "UniJISX02132004" => "Adobe-Japan1",
            _ => null,
        };
        var latin = stem.EndsWith("-HW", StringComparison.Ordinal) ? 231 : 1;
        return collection is null ? null
            : stem.Contains("-UCS2", StringComparison.Ordinal) ? OfPage(Utf16, collection, latin, "0000-FFFF")
            : stem.Contains("-UTF16", StringComparison.Ordinal) ? OfPage(Utf16, collection, latin, "0000-D7FF D800DC00-DBFFDFFF E000-FFFF")
            : stem.Contains("-UTF8", StringComparison.Ordinal) ? OfPage(Utf8, collection, latin, "00-7F C080-DFBF E08080-EFBFBF F0808080-F7BFBFBF")
            : stem.Contains("-UTF32", StringComparison.Ordinal) ? OfPage(Utf32, collection, latin, "00000000-0010FFFF")
            : null;
    }

    private static CMap OfPage(int page, string collection, int latin, string space)
    {
        var encoding = page is Utf8 or Utf16 or Utf32
            ? Encoding.GetEncoding(page, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(""))
            : CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(""))!;
        return new() { Space = CodeSpace.Of(space), CollectionName = collection, Set = new(encoding, collection, latin, space == SevenBit) };
    }

    private static CMap Table(string stem, string collection)
    {
        var table = CMapParser.Parse(Encoding.Latin1.GetBytes(Tables.Value[stem]), null, _ => null);
        return new() { Space = table.Space, Cids = table.Cids, CollectionName = collection };
    }

    // Half-width and proportional forms of a CMap differ in the CIDs of ASCII.
    private static CMap WithLatin(int first, CMap map) =>
        new() { Space = map.Space, Cids = new([new(CMap.Key(' ', 1), CMap.Key('~', 1), first)]), Parent = map };

    private static Dictionary<string, string> ReadTables() =>
        FontResource.Text("CMaps").Split('#', StringSplitOptions.RemoveEmptyEntries).ToDictionary(t => t[..t.IndexOf('\n', StringComparison.Ordinal)], t => t[t.IndexOf('\n', StringComparison.Ordinal)..]);
}
