using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's Swedish stemmer.</summary>
internal static class Swedish
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyäåö");

    private static readonly SuffixTable Main = new(
        "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as arnas ernas ornas es ades andes ens arens hetens erns at andet het ast",
        "s",
        "et");

    private static readonly SuffixTable KeepEt = new("h iet uit fab cit dit alit ilit mit nit pit rit sit tit ivit kvit xit kom rak pak stak"); // frihet, societet, alfabet, raket...
    private static readonly SuffixTable Pairs = new("dd gd nn dt gt kt tt");
    private static readonly SuffixTable Other = new("lig ig els", "öst", "fullt");

    /// <summary>Stems the lower-case word in place and gives its new length, never more than before.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        var r1 = length < 3 ? length : Math.Max(3, word.RegionAfter(0, Vowels));
        var (suffix, group) = Main.Longest(word.Text, r1);
        var before = word.Length - suffix;
        switch (group)
        {
            case 0:
                word.Cut(suffix);
                break;
            case 1 when word.Ends("et", 1) && AllowsEt(word.Text[..(before - 2)]):
                word.Cut(3);
                break;
            case 1 when "bcdfghjklmnoprtvy".Contains(word[before - 1]):
                word.Cut(1);
                break;
            case 2 when AllowsEt(word.Text[..before]):
                word.Cut(2);
                break;
        }

        if (Pairs.Longest(word.Text, r1).Group == 0)
        {
            word.Cut(1);
        }

        (suffix, group) = Other.Longest(word.Text, r1);
        if (group == 0 || (group == 1 && word.Length > 3 && "iklnprtuv".Contains(word[word.Length - 4])))
        {
            word.Cut(group == 0 ? suffix : 1);
        }
        else if (group == 2)
        {
            word.Cut(1);
        }

        return word.Length;
    }

    private static bool AllowsEt(ReadOnlySpan<char> stem) =>
        stem.Length > 2 && !Vowels.Contains(stem[^1]) && Vowels.Contains(stem[^2]) && KeepEt.Longest(stem).Group < 0;
}
