using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's Italian stemmer, without its elisions: see <see cref="Elision"/>.</summary>
internal static class Italian
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouàèìòù");

    private static readonly SuffixTable Pronouns = new(
        "ci gli la le li lo mi ne si ti vi sene gliela gliele glieli glielo gliene mela mele meli melo mene tela tele teli telo tene cela cele celi celo cene vela vele veli velo vene");

    private static readonly SuffixTable BeforePronoun = new("ando endo", "ar er ir");

    private static readonly SuffixTable Standard = new(
        "anza anze ico ici ica ice iche ichi ismo ismi abile abili ibile ibili ista iste isti istà istè istì oso osi osa ose mente atrice atrici ante anti",
        "azione azioni atore atori",
        "logia logie",
        "uzione uzioni usione usioni",
        "enza enze",
        "amento amenti imento imenti",
        "amente",
        "ità",
        "ivo ivi iva ive");

    private static readonly SuffixTable Verb = new(
        "ammo ando ano are arono asse assero assi assimo ata ate ati ato ava avamo avano avate avi avo emmo enda ende endi endo erà erai eranno ere erebbe erebbero erei eremmo eremo ereste eresti erete erò erono"
        + " essero ete eva evamo evano evate evi evo Yamo iamo immo irà irai iranno ire irebbe irebbero irei iremmo iremo ireste iresti irete irò irono isca iscano isce isci isco iscono issero ita ite iti ito iva ivamo"
        + " ivano ivate ivi ivo ono uta ute uti uto ar ir");

    /// <summary>Stems the lower-case word in place and gives its new length, never more than before.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        Normalise(word.Text);
        var rv = word.Text.StartsWith("divan") ? 5 : word.RomanceVerbRegion(Vowels);
        var r1 = word.RegionAfter(0, Vowels);
        var r2 = word.RegionAfter(r1, Vowels);
        AttachedPronoun(ref word, rv);
        if (!CutStandard(ref word, rv, r1, r2))
        {
            word.Cut(Verb.Longest(word.Text, rv).Length);
        }

        if (word.Length > 0 && "aeioàèìò".Contains(word[word.Length - 1]) && word.TryCut(1, rv))
        {
            word.TryCut("i", rv);
        }

        if (word.Ends("ch") || word.Ends("gh"))
        {
            word.TryCut(1, rv + 1);
        }

        word.Text.Replace('I', 'i');
        word.Text.Replace('U', 'u');
        return word.Length;
    }

    // acute accents become grave; u after q and u, i between vowels are consonants, written as capitals
    private static void Normalise(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = text[i] switch { 'á' => 'à', 'é' => 'è', 'í' => 'ì', 'ó' => 'ò', 'ú' => 'ù', 'u' when i > 0 && text[i - 1] == 'q' => 'U', var c => c };
        }

        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i + 1] is 'u' or 'i' && Vowels.Contains(text[i]) && Vowels.Contains(text[i + 2]))
            {
                text[i + 1] = char.ToUpperInvariant(text[i + 1]);
                i += 2;
            }
        }
    }

    private static void AttachedPronoun(ref Stem word, int rv)
    {
        var pronoun = Pronouns.Longest(word.Text).Length;
        if (pronoun == 0)
        {
            return;
        }

        var (length, group) = BeforePronoun.Longest(word.Text[..^pronoun]);
        if (group >= 0 && word.Length - pronoun - length >= rv)
        {
            word.Replace(pronoun, group == 1 ? "e" : "");
        }
    }

    private static bool CutStandard(ref Stem word, int rv, int r1, int r2)
    {
        var (length, group) = Standard.Longest(word.Text);
        if (group < 0 || word.Length - length < (group switch { 5 => rv, 6 => r1, _ => r2 }))
        {
            return false;
        }

        word.Replace(length, group switch { 2 => "log", 3 => "u", 4 => "ente", _ => "" });
        switch (group)
        {
            case 1:
                word.TryCut("ic", r2);
                break;
            case 6:
                _ = (word.TryCut("iv", r2) && word.TryCut("at", r2)) || word.TryCut("os", r2) || word.TryCut("ic", r2) || word.TryCut("abil", r2);
                break;
            case 7:
                _ = word.TryCut("abil", r2) || word.TryCut("ic", r2) || word.TryCut("iv", r2);
                break;
            case 8:
                _ = word.TryCut("at", r2) && word.TryCut("ic", r2);
                break;
        }

        return true;
    }
}
