using Rag.Pdf.Fonts.Programs;

namespace Rag.Pdf.Fonts;

/// <summary>The predefined encodings of simple fonts (annex D): the characters of the 256 codes, U+0000 where a code has none.</summary>
internal static class SimpleEncoding
{
    private const string Controls = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    public const string Standard = Controls
        + " !\"#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_‘abcdefghijklmnopqrstuvwxyz{|}~\0"
        + Controls
        + "\0¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß\0\0\0\0";

    /// <summary>Codes that it does not define are bullets, and code 173 is a hyphen that shows, as the annex says.</summary>
    public const string WinAnsi = Controls
        + " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~•"
        + "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ"
        + "\u00A0¡¢£¤¥¦§¨©ª«¬-®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

    /// <summary>With the additions of Mac OS (9.6.5.4) where the annex has none.</summary>
    public const string MacRoman = Controls
        + " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\0"
        + "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\0ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    public const string Symbol = Controls
        + " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼\0"
        + Controls
        + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭\0";

    public const string ZapfDingbats = Controls
        + " ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞\0"
        + "❨❩❪❫❬❭❮❯❰❱❲❳❴❵\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        + "\0❡❢❣❤❥❦❧♣♦♥♠①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯\0➱➲➳➴➵➶➷➸➹➺➻➼➽➾\0";

    /// <summary>What the codes of Wingdings look like, as Unicode has it since version 7; left out is what lies beyond the basic plane.</summary>
    public const string Wingdings = Controls
        + " \0✂✁\0\0\0\0\0✆\0\0\0\0\0\0\0\0\0\0\0\0⌛\0\0\0\0\0\0\0✇✍\0✌\0\0\0☜☞☝☟\0☺\0☹\0☠⚐\0✈☼\0❄\0✞\0✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓&&●❍■□□❑❒⬧⧫◆❖⬥⌧⍓⌘\0\0❝❞▯"
        + "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿\0\0\0\0\0\0\0\0·•▪○○○◉◎❍▪◻✦✦★✶✴✹✵\0⌖⟡⌑\0✪✰\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0⌫⌦⮘➢⮙⮛\0\0\0\0←→↑↓↖↗↙↘⬅➔⬆⬇⬉⬈⬋⬊⇦⇨⇧⇩⬄⇳⬀⬁⬃⬂▭▫✗✓☒☑\0";

    private static readonly Lazy<string> MacExpert = new(() => string.Concat(CffNames.MacExpertEncoding.Select(Character)));

    /// <summary>The encoding that a PDF calls so, or <see langword="null"/>.</summary>
    public static string? Named(string? name) => name switch
    {
        "StandardEncoding" => Standard,
        "WinAnsiEncoding" => WinAnsi,
        "MacRomanEncoding" => MacRoman,
        "MacExpertEncoding" => MacExpert.Value,
        _ => null,
    };

    /// <summary>The encoding built into a font of this name, or <see langword="null"/> where nothing is known of it.</summary>
    public static string? BuiltInto(string fontName) =>
        fontName.Contains("Dingbats", StringComparison.OrdinalIgnoreCase) ? ZapfDingbats
        : fontName.StartsWith("Symbol", StringComparison.OrdinalIgnoreCase) ? Symbol
        : fontName is "Wingdings" or "Wingdings-Regular" ? Wingdings
        : null;

    private static char Character(string name) => name switch
    {
        "ff" => '\uFB00',
        "fi" => '\uFB01',
        "fl" => '\uFB02',
        "ffi" => '\uFB03',
        "ffl" => '\uFB04',
        _ => GlyphNames.TextOf(name) is [var c, ..] ? c : '\0',
    };
}
