// Makes the resources of src/Rag.Pdf/Fonts/Resources anew; run by hand when a source changes:
//   dotnet run bench/FontTables.cs -- <glyphlist> <folder of the 14 AFM files> <folder of cMap> <Decomposition.pl> <pdf.worker.mjs> <output folder>
// Sources, all of them published facts:
//   glyphlist        Adobe Glyph List 2.0, as "name": "\uXXXX" lines (python3-pdfminer's glyphlist.py). Its licence allows derived lists that do not claim to be it; ours corrects the private use entries.
//   AFM files        Adobe Core 14 font metrics (npm package pdfkit, js/data).
//   cMap             Adobe's cmap-resources, BSD-3-Clause (Debian package poppler-data, /usr/share/poppler/cMap).
//   Decomposition.pl Unicode character database in Perl's form (Debian package perl-modules).
//   pdf.worker.mjs   names and encodings of the Compact Font Format, Adobe technical note 5176, appendices A to C, and MacExpertEncoding of ISO 32000-2 annex D.5 (npm package pdfjs-dist, which lists them as arrays).
// The formats are described where they are read: GlyphNames, CffNames, PredefinedCMaps, StandardWidths, CharacterCollection, ArabicForms.
#:property RestorePackagesWithLockFile=false
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

var (glyphList, afm, cMap, decomposition, worker, output) = (args[0], args[1], args[2], args[3], args[4], args[5]);

var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
foreach (Match m in Regex.Matches(File.ReadAllText(glyphList), """^\s+"([^"]+)": "((?:\\u[0-9A-Fa-f]{4})+)",""", RegexOptions.Multiline))
{
    names[m.Groups[1].Value] = Unescape(m.Groups[2].Value);
}

foreach (var name in names.Keys.ToList())
{
    if (names[name].Any(c => c is >= '\uE000' and < '\uF900'))
    {
        names.Remove(name);
        if (Public(name) is { } text)
        {
            names[name] = text;
        }
    }
}

// What TeX's fonts and font editors add; nothing after the name: a glyph that is nothing.
const string Additions = """
    nbspace \u00A0
    nonbreakingspace \u00A0
    softhyphen \u00AD
    sfthyphen \u00AD
    hyphenminus -
    visiblespace \u0020
    spacehackarabic \u0020
    dotlessi \u0131
    mapsto \u21A6
    vextendsingle |
    vextenddouble \u2016
    angbracketleft \u27E8
    angbracketright \u27E9
    floorleft \u230A
    floorright \u230B
    ceilingleft \u2308
    ceilingright \u2309
    negationslash \u0338
    owner \u220B
    follows \u227B
    precedes \u227A
    lessmuch \u226A
    greatermuch \u226B
    similarequal \u2243
    followsequal \u2AB0
    precedesequal \u2AAF
    equivasymptotic \u224D
    epsilon1 \u03F5
    epsiloninv \u03B5
    tie \u2040
    arrowmapsto \u21A6
    lscript \u2113
    star \u22C6
    openbullet \u25E6
    diamondmath \u22C4
    bar |
    bardbl \u2016
    square \u25A1
    latticetop \u22A4
    backslashtext \u005C
    fraction \u2044
    suppress \u0337
    perthousandzero \u2030
    circlemultiplydisplay \u2A02
    circleplusdisplay \u2A01
    nonmarkingreturn
    .null
    null
    NULL
    controlNULL
    CR
    """;
foreach (var entry in Additions.Split('\n').Select(line => line.Split(' ', 2)))
{
    names[entry[0]] = Unescape(entry.Length > 1 ? entry[1] : "");
}

foreach (var (code, name, _) in Metrics("ZapfDingbats"))
{
    if (code >= 0)
    {
        names[name] = Dingbat(code).ToString();
    }
}

Write("GlyphNames", string.Concat(names.Select(n => $"{n.Key} {n.Value}\n")));

var widths = new StringBuilder();
foreach (var font in (string[])["Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Symbol", "ZapfDingbats"])
{
    widths.Append(font).Append('\n');
    foreach (var (name, width) in Metrics(font).Where(m => names.ContainsKey(m.Name)).Select(m => (m.Name, m.Width)))
    {
        widths.Append(CultureInfo.InvariantCulture, $"{names[name]}{width}\n");
    }
}

Write("StandardWidths", widths.ToString());

foreach (var collection in (string[])["Adobe-Japan1", "Adobe-GB1", "Adobe-CNS1", "Adobe-Korea1", "Adobe-KR"])
{
    var table = Collection(File.ReadAllText(Path.Combine(cMap, collection, collection + "-UCS2")));
    var bytes = new List<byte>();
    var previous = 0;
    var sequences = new StringBuilder();
    for (var cid = 0; cid < table.Length; cid++)
    {
        if (table[cid] is not { } text)
        {
            Varint(bytes, 0);
            continue;
        }

        var first = char.ConvertToUtf32(text, 0);
        Varint(bytes, 1 + (uint)((first - previous - 1) << 1 ^ (first - previous - 1) >> 31));
        previous = first;
        if (text.Length > char.ConvertFromUtf32(first).Length)
        {
            sequences.Append(CultureInfo.InvariantCulture, $"{cid} {text}\n");
        }
    }

    var head = new List<byte>();
    Varint(head, (uint)table.Length);
    Compress(collection, [.. head, .. bytes, .. Encoding.UTF8.GetBytes(sequences.ToString())]);
}

// Predefined CMaps whose codes .NET does not decode as Adobe does: the sections of their -H form, after a line with the name.
var maps = new StringBuilder();
foreach (var map in (string[])["90ms-RKSJ", "90pv-RKSJ", "83pv-RKSJ", "EUC", "H", "GB-EUC", "GBpc-EUC", "ETen-B5", "B5pc", "HKscs-B5", "CNS-EUC", "KSC-EUC", "KSCms-UHC", "KSCpc-EUC"])
{
    var file = Directory.GetFiles(cMap, map == "H" ? "H" : map + "-H", SearchOption.AllDirectories).Single();
    maps.Append('#').Append(map).Append('\n');
    foreach (Match section in Regex.Matches(File.ReadAllText(file), @"begin(codespacerange|cidrange|cidchar).*?end\1", RegexOptions.Singleline))
    {
        maps.Append(Regex.Replace(section.Value, @"\s+", " ")).Append('\n');
    }
}

Write("CMaps", maps.ToString());

var arabic = Regex.Matches(File.ReadAllText(decomposition), "^(F[BCDE][0-9A-F]{2})(?:-F...)?\t(?:F...)?\t<(?:isolated|final|initial|medial)> ([0-9A-F ]+)$|^(\\d+:)?(F[BCDE][0-9A-F]{2})\\S*\\s+<(?:isolated|final|initial|medial)> ([0-9A-F ]+)$", RegexOptions.Multiline)
    .Select(m => (Code: m.Groups[1].Success ? m.Groups[1].Value : m.Groups[4].Value, To: m.Groups[2].Success ? m.Groups[2].Value : m.Groups[5].Value))
    .OrderBy(m => m.Code, StringComparer.Ordinal);
Write("ArabicForms", string.Concat(arabic.Select(a => Character(a.Code) + string.Concat(a.To.Split(' ').Select(Character)).TrimStart() + "\n")));

var script = File.ReadAllText(worker);
Write("CffNames", string.Concat(((string[])["CFFStandardStrings", "ExpertCharset", "ExpertSubsetCharset", "ExpertEncoding", "MacExpertEncoding"]).Select(List)));

string List(string array) => string.Join(' ', Regex.Matches(Regex.Match(script, $@"const {array} = \[(.*?)\];", RegexOptions.Singleline).Groups[1].Value, "\"([^\"]*)\"").Select(m => m.Groups[1].Value is "" ? ".notdef" : m.Groups[1].Value)) + "\n";

static string Unescape(string text) => Regex.Replace(text, @"\\u(....)", u => Character(u.Groups[1].Value));

static string Character(string hex) => char.ConvertFromUtf32(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

// What a name means whose entry in the list is a private use character; null where it means nothing else.
string? Public(string name)
{
    foreach (var suffix in (string[])["small", "oldstyle", "inferior", "superior", "serif", "sans", "fitted"])
    {
        if (name.EndsWith(suffix, StringComparison.Ordinal) && names.TryGetValue(name[..^suffix.Length], out var plain))
        {
            return suffix == "small" ? plain.ToLowerInvariant() : plain;
        }
    }

    return name switch
    {
        "dotlessj" => "\u0237", "commaaccent" => "\u0326", "LL" => "\u004C\u004C", "ll" => "ll", "rupiah" => "Rp", "threequartersemdash" => "\u2014",
        "Acute" => "\u00B4", "Caron" => "\u02C7", "Dieresis" => "\u00A8", "Grave" => "`", "Hungarumlaut" => "\u02DD", "Macron" => "\u00AF",
        "trademarkserif" or "trademarksans" => "\u2122", "registerserif" or "registersans" => "\u00AE",
        "Brevesmall" => "\u02D8", "Caronsmall" => "\u02C7", "Circumflexsmall" => "\u02C6", "Dotaccentsmall" => "\u02D9", "Ogoneksmall" => "\u02DB", "Ringsmall" => "\u02DA", "Tildesmall" => "\u02DC", "Cedillasmall" => "\u00B8",
        "radicalex" => "\u203E", "arrowvertex" => "\u23D0", "arrowhorizex" => "\u23AF",
        "parenlefttp" => "\u239B", "parenleftex" => "\u239C", "parenleftbt" => "\u239D", "parenrighttp" => "\u239E", "parenrightex" => "\u239F", "parenrightbt" => "\u23A0",
        "bracketlefttp" => "\u23A1", "bracketleftex" => "\u23A2", "bracketleftbt" => "\u23A3", "bracketrighttp" => "\u23A4", "bracketrightex" => "\u23A5", "bracketrightbt" => "\u23A6",
        "bracelefttp" => "\u23A7", "braceleftmid" => "\u23A8", "braceleftbt" => "\u23A9", "braceex" => "\u23AA", "bracerighttp" => "\u23AB", "bracerightmid" => "\u23AC", "bracerightbt" => "\u23AD", "integralex" => "\u23AE",
        _ => null,
    };
}

// ISO 32000-2 annex D.6: the codes run along the block of dingbats (U+2701 = 33, U+2761 = 161) but for those that Unicode had already elsewhere.
static char Dingbat(int code) => code switch
{
    32 => ' ',
    0x25 => '\u260E', 0x2A => '\u261B', 0x2B => '\u261E', 0x48 => '\u2605', 0x6C => '\u25CF', 0x6E => '\u25A0', 0x73 => '\u25B2', 0x74 => '\u25BC', 0x75 => '\u25C6', 0x77 => '\u25D7',
    >= 0x80 and <= 0x8D => (char)(0x2768 + code - 0x80),
    0xA8 => '\u2663', 0xA9 => '\u2666', 0xAA => '\u2665', 0xAB => '\u2660',
    >= 0xAC and <= 0xB5 => (char)(0x2460 + code - 0xAC),
    0xD5 => '\u2192', 0xD6 => '\u2194', 0xD7 => '\u2195',
    < 0x80 => (char)(0x2701 + code - 0x21),
    _ => (char)(0x2761 + code - 0xA1),
};

IEnumerable<(int Code, string Name, int Width)> Metrics(string font) =>
    Regex.Matches(File.ReadAllText(Path.Combine(afm, font + ".afm")), @"^C (-?\d+) ; WX (\d+) ; N (\S+)", RegexOptions.Multiline)
        .Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m.Groups[3].Value, int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)));

// A CMap from CIDs to UTF-16, without variation selectors, and with plain blanks for the no-break and half-width ones that it names the collections' two blanks.
static string?[] Collection(string source)
{
    var table = new string?[65536];
    foreach (Match section in Regex.Matches(source, @"beginbf(char|range)(.*?)endbf", RegexOptions.Singleline))
    {
        var tokens = Regex.Matches(section.Groups[2].Value, @"<([0-9a-fA-F]+)>|\[|\]").Select(t => t.Groups[1].Value).ToArray();
        for (var i = 0; i < tokens.Length;)
        {
            var low = Convert.ToInt32(tokens[i++], 16);
            var high = section.Groups[1].Value == "range" ? Convert.ToInt32(tokens[i++], 16) : low;
            var list = tokens[i].Length == 0;
            i += list ? 1 : 0;
            for (var cid = low; cid <= high; cid++)
            {
                var text = Encoding.BigEndianUnicode.GetString(Convert.FromHexString(tokens[list ? i++ : i]));
                table[cid] = Plain(list ? text : text[..^1] + (char)(text[^1] + cid - low));
            }

            i++;
        }
    }

    table[0] = null;
    return table[..(Array.FindLastIndex(table, t => t is not null) + 1)];
}

static string? Plain(string text)
{
    text = string.Concat(text.EnumerateRunes().Where(r => r.Value is not ((>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF))));
    return text is "\u00A0" or "\u2002" ? " " : text.Length == 0 || text is "\uFFFD" || text.Any(c => c is >= '\uE000' and < '\uF900') ? null : text;
}

static void Varint(List<byte> bytes, uint value)
{
    for (; value > 127; value >>= 7)
    {
        bytes.Add((byte)(value | 128));
    }

    bytes.Add((byte)value);
}

void Write(string name, string text) => Compress(name, Encoding.UTF8.GetBytes(text));

void Compress(string name, byte[] bytes)
{
    using var file = File.Create(Path.Combine(output, name + ".br"));
    using var brotli = new BrotliStream(file, CompressionLevel.SmallestSize);
    brotli.Write(bytes);
    Console.WriteLine($"{name}: {bytes.Length} bytes");
}
