using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Porter's Dutch stemmer, Snowball's <c>dutch_porter</c>.</summary>
internal static class Dutch
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyè");
    private static readonly SuffixTable Inflection = new("heden", "en ene", "s se");
    private static readonly SuffixTable Derivation = new("end ing", "ig", "lijk", "baar", "bar");
    private static readonly SuffixTable DoubledVowels = new("aa ee oo uu");

    /// <summary>Stems the lower-case word in place and gives its new length, never more than before.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        Normalise(word.Text);
        var first = word.RegionAfter(0, Vowels);
        var r1 = length < 3 ? length : Math.Max(3, first);
        var r2 = length < 3 ? length : word.RegionAfter(first, Vowels);
        Inflections(ref word, r1);
        var hasLostE = CutE(ref word, r1);
        if (!word.Ends("cheid") && word.TryCut("heid", r2) && word.Ends("en"))
        {
            CutEn(ref word, 2, r1);
        }

        Derivations(ref word, r1, r2, hasLostE);
        if (word.Length > 3 && !IsVowel(word, 1) && word[word.Length - 1] != 'I' && DoubledVowels.Longest(word.Text[..^1]).Group == 0 && !IsVowel(word, 4))
        {
            word.Text[^2] = word.Text[^1];
            word.Cut(1);
        }

        word.Text.Replace('Y', 'y');
        word.Text.Replace('I', 'i');
        return word.Length;
    }

    // accents vanish; y at the beginning or after a vowel and i between vowels are consonants, written as capitals
    private static void Normalise(Span<char> text)
    {
        foreach (ref var c in text)
        {
            c = c switch { 'ä' or 'á' => 'a', 'ë' or 'é' => 'e', 'ï' or 'í' => 'i', 'ö' or 'ó' => 'o', 'ü' or 'ú' => 'u', _ => c };
        }

        if (text.Length > 0 && text[0] == 'y')
        {
            text[0] = 'Y';
        }

        for (var i = 1; i < text.Length; i++)
        {
            if (Vowels.Contains(text[i - 1]) && (text[i] == 'y' || (text[i] == 'i' && i + 1 < text.Length && Vowels.Contains(text[i + 1]))))
            {
                text[i] = char.ToUpperInvariant(text[i]);
            }
        }
    }

    private static void Inflections(ref Stem word, int r1)
    {
        var (length, group) = Inflection.Longest(word.Text);
        switch (group)
        {
            case 0:
                word.TryReplace(length, "heid", r1);
                break;
            case 1:
                CutEn(ref word, length, r1);
                break;
            case 2 when word.Length > length && !IsVowel(word, length + 1) && word[word.Length - length - 1] != 'j':
                word.TryCut(length, r1);
                break;
        }
    }

    private static void Derivations(ref Stem word, int r1, int r2, bool hasLostE)
    {
        var (length, group) = Derivation.Longest(word.Text);
        if (group < 0 || word.Length - length < r2 || (group == 1 && word.Ends("e", length)) || (group == 4 && !hasLostE))
        {
            return;
        }

        word.Cut(length);
        if (group == 0 && !(!word.Ends("eig") && word.TryCut("ig", r2)))
        {
            Undouble(ref word);
        }
        else if (group == 2)
        {
            CutE(ref word, r1);
        }
    }

    private static bool CutE(ref Stem word, int r1)
    {
        if (word.Length < 2 || IsVowel(word, 2) || !word.TryCut("e", r1))
        {
            return false;
        }

        Undouble(ref word);
        return true;
    }

    private static void CutEn(ref Stem word, int length, int r1)
    {
        if (word.Length > length && !IsVowel(word, length + 1) && !word.Ends("gem", length) && word.TryCut(length, r1))
        {
            Undouble(ref word);
        }
    }

    private static void Undouble(ref Stem word)
    {
        if (word.Ends("kk") || word.Ends("dd") || word.Ends("tt"))
        {
            word.Cut(1);
        }
    }

    private static bool IsVowel(Stem word, int fromEnd) => Vowels.Contains(word[word.Length - fromEnd]);
}
