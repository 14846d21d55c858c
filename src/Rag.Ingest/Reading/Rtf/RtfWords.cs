using System.Collections.Frozen;

namespace Rag.Ingest.Reading.Rtf;

/// <summary>Control words of RTF whose meaning does not depend on where they stand.</summary>
internal static class RtfWords
{
    private static readonly FrozenDictionary<string, RtfTarget> _destinations = new Dictionary<string, RtfTarget>
    {
        ["fonttbl"] = RtfTarget.Fonts,
        ["stylesheet"] = RtfTarget.Styles,
        ["title"] = RtfTarget.Title,
        ["listtext"] = RtfTarget.Mark,
        ["pntext"] = RtfTarget.Mark,
        ["footnote"] = RtfTarget.Note,
    }.Concat(Words(
        "colortbl pict header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn "
        + "author operator company subject keywords comment doccomm category manager creatim revtim printim buptim hlinkbase "
        + "fldinst objdata objclass objname objalias objsect datafield sp xe tc tcn txe rxe nonesttables listtable listoverridetable revtbl rsidtbl generator "
        + "themedata colorschememapping datastore latentstyles filetbl annotation atnid atnauthor atndate atnref bkmkstart bkmkend upr pntxta pntxtb mmathPr")
        .Select(word => KeyValuePair.Create(word, RtfTarget.Nowhere))).ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> _characters = new Dictionary<string, string>
    {
        ["tab"] = "\t",
        ["line"] = "\n",
        ["lbr"] = "\n",
        ["\n"] = "\n",
        ["\r"] = "\n",
        ["emdash"] = "\u2014",
        ["endash"] = "\u2013",
        ["bullet"] = "\u2022",
        ["lquote"] = "\u2018",
        ["rquote"] = "\u2019",
        ["ldblquote"] = "\u201C",
        ["rdblquote"] = "\u201D",
        ["emspace"] = "\u2003",
        ["enspace"] = "\u2002",
        ["qmspace"] = "\u2005",
        ["~"] = "\u00A0",
        ["_"] = "\u2011",
        ["{"] = "{",
        ["}"] = "}",
        ["\\"] = "\\",
    }.ToFrozenDictionary();

    // destinations that old readers pass over, with text that is shown
    private static readonly FrozenSet<string> _transparent = Words("shpinst shptxt ud result dptxbxtext").ToFrozenSet();

    /// <summary>Where a word sends what follows in its group; <see langword="null"/> for a word that does not.</summary>
    public static RtfTarget? Destination(string word) => _destinations.TryGetValue(word, out var target) ? target : null;

    /// <summary>The text that a word stands for; <see langword="null"/> for none.</summary>
    public static string? Character(string word) => _characters.GetValueOrDefault(word);

    /// <summary>Whether what a word marked by <c>\*</c> holds is shown.</summary>
    public static bool IsTransparent(string word) => _transparent.Contains(word);

    private static string[] Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
