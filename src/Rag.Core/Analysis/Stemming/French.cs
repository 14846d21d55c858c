using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's French stemmer, without its elisions: see <see cref="Elision"/>.</summary>
internal static class French
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyâàëéêèïîôûù");
    private static readonly SuffixTable Doubled = new("enn onn ett ell eill");

    /// <summary>Stems the lower-case word in place and gives its new length; while at work it needs room for twice the length.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        MarkConsonants(ref word);
        var rv = VerbRegion(word);
        var r1 = word.RegionAfter(0, Vowels);
        var r2 = word.RegionAfter(r1, Vowels);
        if (FrenchSuffixes.CutStandard(ref word, rv, r1, r2, Vowels) || FrenchSuffixes.CutIVerb(ref word, rv, Vowels) || FrenchSuffixes.CutVerb(ref word, rv, r2))
        {
            if (word.Length > 0 && word[word.Length - 1] is 'Y' or 'ç')
            {
                word.Text[^1] = word.Text[^1] == 'Y' ? 'i' : 'c';
            }
        }
        else
        {
            FrenchSuffixes.CutResidual(ref word, rv, r2);
        }

        if (Doubled.Longest(word.Text).Group == 0)
        {
            word.Cut(1);
        }

        RemoveLastAccent(word.Text);
        return Unmark(word);
    }

    // u and i between vowels, y beside one and u after q are consonants, written as capitals; ë and ï become He and Hi
    private static void MarkConsonants(ref Stem word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            var isBeforeVowel = next is 'u' or 'i' && i + 2 < word.Length && Vowels.Contains(word[i + 2]);
            if (Vowels.Contains(c) && (isBeforeVowel || next == 'y'))
            {
                word.Text[i + 1] = char.ToUpperInvariant(next);
                i++;
            }
            else if (c is 'ë' or 'ï')
            {
                word.Expand(i++, c == 'ë' ? "He" : "Hi");
            }
            else if (c == 'y' && Vowels.Contains(next))
            {
                word.Text[i] = 'Y';
            }
            else if (c == 'q' && next == 'u')
            {
                word.Text[++i] = 'U';
            }
        }
    }

    private static int VerbRegion(Stem word)
    {
        var text = word.Text;
        if (text.Length >= 3 && ((Vowels.Contains(text[0]) && Vowels.Contains(text[1])) || text[..3] is "par" or "col" or "tap" || (text[..2] is "ni" && Vowels.Contains(text[2]))))
        {
            return 3;
        }

        for (var i = 1; i < text.Length; i++)
        {
            if (Vowels.Contains(text[i]))
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    // é or è before the last consonants
    private static void RemoveLastAccent(Span<char> text)
    {
        var i = text.Length - 1;
        while (i >= 0 && !Vowels.Contains(text[i]))
        {
            i--;
        }

        if (i >= 0 && i < text.Length - 1 && text[i] is 'é' or 'è')
        {
            text[i] = 'e';
        }
    }

    private static int Unmark(Stem word)
    {
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (c == 'H')
            {
                if (i + 1 < word.Length && word[i + 1] is 'e' or 'i')
                {
                    word.Text[length++] = word[++i] == 'e' ? 'ë' : 'ï';
                }
            }
            else
            {
                word.Text[length++] = c is 'I' or 'U' or 'Y' ? char.ToLowerInvariant(c) : c;
            }
        }

        return length;
    }
}
