using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's Spanish stemmer.</summary>
internal static class Spanish
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouáéíóúü");

    private static readonly SuffixTable Pronouns = new("me se sela selo selas selos la le lo las les los nos");
    private static readonly SuffixTable BeforePronoun = new("iéndo ándo ár ér ír", "ando iendo ar er ir", "yendo");

    private static readonly SuffixTable Standard = new(
        "anza anzas ico ica icos icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos imiento imientos",
        "adora ador ación adoras adores aciones ante antes ancia ancias acion",
        "logía logías",
        "ución uciones ucion",
        "encia encias",
        "amente",
        "mente",
        "idad idades",
        "iva ivo ivas ivos");

    private static readonly SuffixTable YVerb = new("ya ye yan yen yeron yendo yo yó yas yes yais yamos");

    private static readonly SuffixTable Verb = new(
        "en es éis emos",
        "arían arías arán arás aríais aría aréis aríamos aremos ará aré erían erías erán erás eríais ería eréis eríamos eremos erá eré irían irías irán irás iríais iría iréis iríamos iremos irá iré"
        + " aba ada ida ía ara iera ad ed id ase iese aste iste an aban ían aran ieran asen iesen aron ieron ado ido ando iendo ió ar er ir as abas adas idas ías aras ieras ases ieses ís áis abais íais"
        + " arais ierais aseis ieseis asteis isteis ados idos amos ábamos íamos imos áramos iéramos iésemos ásemos");

    private static readonly SuffixTable Residual = new("os a o á í ó", "e é");

    /// <summary>Stems the lower-case word in place and gives its new length, never more than before.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        var rv = word.RomanceVerbRegion(Vowels);
        var r1 = word.RegionAfter(0, Vowels);
        var r2 = word.RegionAfter(r1, Vowels);
        AttachedPronoun(ref word, rv);
        if (!CutStandard(ref word, r1, r2) && !CutYVerb(ref word, rv))
        {
            CutVerb(ref word, rv);
        }

        CutResidual(ref word, rv);
        foreach (ref var c in word.Text)
        {
            c = c switch { 'á' => 'a', 'é' => 'e', 'í' => 'i', 'ó' => 'o', 'ú' => 'u', _ => c };
        }

        return word.Length;
    }

    private static void AttachedPronoun(ref Stem word, int rv)
    {
        var pronoun = Pronouns.Longest(word.Text).Length;
        if (pronoun == 0)
        {
            return;
        }

        var (length, group) = BeforePronoun.Longest(word.Text[..^pronoun]);
        var before = word.Length - pronoun - length;
        if (group < 0 || before < rv || (group == 2 && (before == 0 || word[before - 1] != 'u')))
        {
            return;
        }

        word.Cut(pronoun);
        if (group == 0)
        {
            foreach (ref var c in word.Text[before..])
            {
                c = c switch { 'á' => 'a', 'é' => 'e', 'í' => 'i', _ => c };
            }
        }
    }

    private static bool CutStandard(ref Stem word, int r1, int r2)
    {
        var (length, group) = Standard.Longest(word.Text);
        if (group < 0 || word.Length - length < (group == 5 ? r1 : r2))
        {
            return false;
        }

        word.Replace(length, group switch { 2 => "log", 3 => "u", 4 => "ente", _ => "" });
        switch (group)
        {
            case 1:
                word.TryCut("ic", r2);
                break;
            case 5:
                _ = (word.TryCut("iv", r2) && word.TryCut("at", r2)) || word.TryCut("os", r2) || word.TryCut("ic", r2) || word.TryCut("ad", r2);
                break;
            case 6:
                _ = word.TryCut("ante", r2) || word.TryCut("able", r2) || word.TryCut("ible", r2);
                break;
            case 7:
                _ = word.TryCut("abil", r2) || word.TryCut("ic", r2) || word.TryCut("iv", r2);
                break;
            case 8:
                word.TryCut("at", r2);
                break;
        }

        return true;
    }

    private static bool CutYVerb(ref Stem word, int rv)
    {
        var length = YVerb.Longest(word.Text, rv).Length;
        if (length == 0 || !word.Ends("u", length))
        {
            return false;
        }

        word.Cut(length);
        return true;
    }

    private static void CutVerb(ref Stem word, int rv)
    {
        var (length, group) = Verb.Longest(word.Text, rv);
        word.Cut(group == 0 && word.Ends("gu", length) ? length + 1 : length);
    }

    private static void CutResidual(ref Stem word, int rv)
    {
        var (length, group) = Residual.Longest(word.Text);
        if (group >= 0 && word.TryCut(length, rv) && group == 1 && word.Ends("gu"))
        {
            word.TryCut(1, rv);
        }
    }
}
