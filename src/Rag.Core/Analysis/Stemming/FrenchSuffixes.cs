using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>The suffix steps of Snowball's French stemmer.</summary>
internal static class FrenchSuffixes
{
    private static readonly SuffixTable Standard = new(
        "ance iqUe isme able iste eux ances iqUes ismes ables istes",
        "atrice ateur ation atrices ateurs ations",
        "logie logies",
        "usion ution usions utions",
        "ence ences",
        "ement ements",
        "ité ités",
        "if ive ifs ives",
        "eaux",
        "aux",
        "oux",
        "euse euses",
        "issement issements",
        "amment",
        "emment",
        "ment ments");

    private static readonly SuffixTable IVerb = new(
        "îmes ît îtes i ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent issais issait issant issante issantes issants isse issent isses issez issiez issions issons it");

    private static readonly SuffixTable Verb = new(
        "ions",
        "é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez eais",
        "âmes ât âtes a ai aIent ait ant ante antes ants as asse assent asses assiez assions",
        "ais aise aises");

    private static readonly SuffixTable Residual = new("ion", "ier ière Ier Ière", "e");

    public static bool CutStandard(ref Stem word, int rv, int r1, int r2, SearchValues<char> vowels)
    {
        var (length, group) = Standard.Longest(word.Text);
        var before = word.Length - length;
        switch (group)
        {
            case 0:
                return word.TryCut(length, r2);
            case 1 when word.TryCut(length, r2):
                _ = word.Ends("ic") && (word.TryCut(2, r2) || word.TryReplace(2, "iqU", 0));
                return true;
            case 2 or 3 or 4:
                return word.TryReplace(length, group switch { 2 => "log", 3 => "u", _ => "ent" }, r2);
            case 5 when word.TryCut(length, rv):
                AfterEment(ref word, rv, r1, r2);
                return true;
            case 6 when word.TryCut(length, r2):
                _ = word.Ends("abil") ? word.TryCut(4, r2) || word.TryReplace(4, "abl", 0) : word.Ends("ic") ? word.TryCut(2, r2) || word.TryReplace(2, "iqU", 0) : word.TryCut("iv", r2);
                return true;
            case 7 when word.TryCut(length, r2):
                _ = word.TryCut("at", r2) && word.Ends("ic") && (word.TryCut(2, r2) || word.TryReplace(2, "iqU", 0));
                return true;
            case 8:
                return word.TryReplace(length, "eau", 0);
            case 9:
                return word.TryReplace(length, "al", r1);
            case 10:
                return before > 0 && "bhjlnp".Contains(word[before - 1]) && word.TryReplace(length, "ou", 0);
            case 11:
                return word.TryCut(length, r2) || word.TryReplace(length, "eux", r1);
            case 12:
                return before > 0 && !vowels.Contains(word[before - 1]) && word.TryCut(length, r1);
            case 13 or 14: // then the verb endings are tried as well, as after a participle
                word.TryReplace(length, group == 13 ? "ant" : "ent", rv);
                return false;
            case 15 when before > 0 && vowels.Contains(word[before - 1]):
                word.TryCut(length, Math.Max(0, rv + 1));
                return false;
            default:
                return false;
        }
    }

    public static bool CutIVerb(ref Stem word, int rv, SearchValues<char> vowels)
    {
        var length = IVerb.Longest(word.Text, rv).Length;
        var before = word.Length - length;
        return length > 0 && before > rv && word[before - 1] != 'H' && !vowels.Contains(word[before - 1]) && word.TryCut(length, rv);
    }

    public static bool CutVerb(ref Stem word, int rv, int r2)
    {
        var (length, group) = Verb.Longest(word.Text, rv);
        switch (group)
        {
            case 0:
                return word.TryCut(length, r2);
            case 1:
                return word.TryCut(length, rv);
            case 2:
                word.Cut(length);
                word.TryCut("e", rv);
                return true;
            case 3 when !(word.Ends("auv", length) || word.Ends("épl", length) || (word.Ends("al", length) && word.Length - length == 3)): // mauvais, déplais, palais
                return word.TryCut(length, rv);
            default:
                return false;
        }
    }

    public static void CutResidual(ref Stem word, int rv, int r2)
    {
        if (word.Ends("s") && word.Length > 1 && (word.Ends("Hi", 1) || !"aiouès".Contains(word[word.Length - 2])))
        {
            word.Cut(1);
        }

        var (length, group) = Residual.Longest(word.Text, rv);
        switch (group)
        {
            case 0 when word.Length - length > rv && (word.Ends("s", length) || word.Ends("t", length)):
                word.TryCut(length, r2);
                break;
            case 1:
                word.Replace(length, "i");
                break;
            case 2:
                word.Cut(length);
                break;
        }
    }

    private static void AfterEment(ref Stem word, int rv, int r1, int r2)
    {
        if (word.Ends("iv"))
        {
            _ = word.TryCut(2, r2) && word.TryCut("at", r2);
        }
        else if (word.Ends("eus"))
        {
            _ = word.TryCut(3, r2) || word.TryReplace(3, "eux", r1);
        }
        else if (word.Ends("abl") || word.Ends("iqU"))
        {
            word.TryCut(3, r2);
        }
        else if (word.Ends("ièr") || word.Ends("Ièr"))
        {
            word.TryReplace(3, "i", rv);
        }
    }
}
