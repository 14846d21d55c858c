using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's Portuguese stemmer.</summary>
internal static class Portuguese
{
    // the algorithm writes ã and õ as a vowel and a consonant (a~, o~)
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouáéíóúâêô");

    private static readonly SuffixTable Standard = new(
        "eza ezas ico ica icos icas ismo ismos ável ível ista istas oso osa osos osas amento amentos imento imentos adora ador aça~o adoras adores aço~es ante antes ância",
        "logia logias",
        "uça~o uço~es",
        "ência ências",
        "amente",
        "mente",
        "idade idades",
        "iva ivo ivas ivos",
        "ira iras");

    private static readonly SuffixTable Verb = new(
        "ada ida ia aria eria iria ará ara erá era irá ava asse esse isse aste este iste ei arei erei irei am iam ariam eriam iriam aram eram iram avam em arem erem irem assem essem issem ado ido ando endo"
        + " indo ara~o era~o ira~o ar er ir as adas idas ias arias erias irias arás aras erás eras irás avas es ardes erdes irdes ares eres ires asses esses isses astes estes istes is ais eis íeis aríeis eríeis"
        + " iríeis áreis areis éreis ereis íreis ireis ásseis ésseis ísseis áveis ados idos ámos amos íamos aríamos eríamos iríamos áramos éramos íramos ávamos emos aremos eremos iremos ássemos êssemos íssemos"
        + " imos armos ermos irmos eu iu ou ira iras");

    /// <summary>Stems the lower-case word in place and gives its new length; while at work it needs room for twice the length.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        for (var i = word.Length - 1; i >= 0; i--)
        {
            if (word[i] is 'ã' or 'õ')
            {
                word.Expand(i, word[i] == 'ã' ? "a~" : "o~");
            }
        }

        var rv = word.RomanceVerbRegion(Vowels);
        var r1 = word.RegionAfter(0, Vowels);
        var r2 = word.RegionAfter(r1, Vowels);
        if (CutStandard(ref word, rv, r1, r2) || word.TryCut(Verb.Longest(word.Text, rv).Length is > 0 and var verb ? verb : int.MaxValue, rv))
        {
            if (word.Ends("ci"))
            {
                word.TryCut(1, rv);
            }
        }
        else if (!word.TryCut("os", rv) && word.Length > 0 && "aioáíó".Contains(word[word.Length - 1]))
        {
            word.TryCut(1, rv);
        }

        ResidualForm(ref word, rv);
        return JoinTildes(word);
    }

    private static bool CutStandard(ref Stem word, int rv, int r1, int r2)
    {
        var (length, group) = Standard.Longest(word.Text);
        if (group < 0 || word.Length - length < (group switch { 4 => r1, 8 => rv, _ => r2 }) || (group == 8 && !word.Ends("e", length)))
        {
            return false;
        }

        word.Replace(length, group switch { 1 => "log", 2 => "u", 3 => "ente", 8 => "ir", _ => "" });
        switch (group)
        {
            case 4:
                _ = (word.TryCut("iv", r2) && word.TryCut("at", r2)) || word.TryCut("os", r2) || word.TryCut("ic", r2) || word.TryCut("ad", r2);
                break;
            case 5:
                _ = word.TryCut("ante", r2) || word.TryCut("avel", r2) || word.TryCut("ível", r2);
                break;
            case 6:
                _ = word.TryCut("abil", r2) || word.TryCut("ic", r2) || word.TryCut("iv", r2);
                break;
            case 7:
                word.TryCut("at", r2);
                break;
        }

        return true;
    }

    private static void ResidualForm(ref Stem word, int rv)
    {
        if (word.Length == 0)
        {
            return;
        }

        switch (word[word.Length - 1])
        {
            case 'e' or 'é' or 'ê' when word.TryCut(1, rv) && (word.Ends("gu") || word.Ends("ci")):
                word.TryCut(1, rv);
                break;
            case 'ç':
                word.Replace(1, "c");
                break;
        }
    }

    private static int JoinTildes(Stem word)
    {
        var length = 0;
        foreach (var c in word.Text)
        {
            if (c == '~' && length > 0 && word[length - 1] is 'a' or 'o')
            {
                word.Text[length - 1] = word[length - 1] == 'a' ? 'ã' : 'õ';
            }
            else
            {
                word.Text[length++] = c;
            }
        }

        return length;
    }
}
