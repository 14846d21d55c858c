using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980.</summary>
internal static class Porter
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");
    private static readonly SuffixTable Doubled = new("at bl iz", "bb dd ff gg mm nn pp rr tt");

    private static readonly string[] Replacements2 = ["tion", "ence", "ance", "able", "ent", "e", "ize", "ate", "al", "ful", "ous", "ive", "ble", "log", "ble"];

    private static readonly SuffixTable Step2 = new(
        "tional", "enci", "anci", "abli", "entli", "eli", "izer ization", "ational ation ator", "alli alism aliti", "fulness", "ousli ousness", "iveness iviti", "biliti");

    // the two endings that Porter's own later program, and Lucene after it, treat differently from the paper
    private static readonly SuffixTable Step2Departed = new(
        "tional", "enci", "anci", "", "entli", "eli", "izer ization", "ational ation ator", "alli alism aliti", "fulness", "ousli ousness", "iveness iviti", "biliti", "logi", "bli");

    private static readonly SuffixTable Step3 = new("alize", "icate iciti ical", "ative ful ness");
    private static readonly SuffixTable Step4 = new("al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize", "ion");

    /// <summary>The published algorithm, as Snowball's <c>porter</c>.</summary>
    public static int Apply(Span<char> buffer, int length) => Run(buffer, length, departed: false);

    /// <summary>
    /// The algorithm as Lucene's <c>PorterStemmer</c> runs it: words of one or two letters stay, <c>bli</c> and <c>logi</c> are endings
    /// of step 2, and every doubled consonant is undone.
    /// </summary>
    public static int ApplyAsLucene(Span<char> buffer, int length) => length <= 2 ? length : Run(buffer, length, departed: true);

    private static int Run(Span<char> buffer, int length, bool departed)
    {
        var word = new Stem(buffer, length);
        EnglishLetters.MarkConsonantY(word.Text);
        var r1 = word.RegionAfter(0, Vowels);
        var r2 = word.RegionAfter(r1, Vowels);
        Plurals(ref word);
        PastAndGerund(ref word, r1, departed);
        if (word.Length > 0 && word[word.Length - 1] is 'y' or 'Y' && word.Text[..^1].ContainsAny(Vowels))
        {
            word.Replace(1, "i");
        }

        Derivations(ref word, r1, r2, departed ? Step2Departed : Step2);
        if (word.Ends("e") && (word.Length - 1 >= r2 || (word.Length - 1 >= r1 && !EndsShort(word.Text[..^1]))))
        {
            word.Cut(1);
        }

        if (word.Ends("ll") && word.Length - 1 >= r2)
        {
            word.Cut(1);
        }

        word.Text.Replace('Y', 'y');
        return word.Length;
    }

    private static void Plurals(ref Stem word)
    {
        if (word.Ends("sses") || word.Ends("ies"))
        {
            word.Cut(2);
        }
        else if (word.Ends("s") && !word.Ends("ss"))
        {
            word.Cut(1);
        }
    }

    private static void PastAndGerund(ref Stem word, int r1, bool departed)
    {
        if (word.Ends("eed"))
        {
            word.Cut(word.Length - 3 >= r1 ? 1 : 0);
            return;
        }

        var suffix = word.Ends("ed") ? 2 : word.Ends("ing") ? 3 : 0;
        if (suffix == 0 || !word.Text[..^suffix].ContainsAny(Vowels))
        {
            return;
        }

        word.Cut(suffix);
        switch (Doubled.Longest(word.Text).Group)
        {
            case 0:
                word.Replace(0, "e");
                break;
            case 1:
                word.Cut(1);
                break;
            case var _ when departed && EndsDoubled(word.Text):
                word.Cut(1);
                break;
            case var _ when word.Length == r1 && EndsShort(word.Text):
                word.Replace(0, "e");
                break;
        }
    }

    private static void Derivations(ref Stem word, int r1, int r2, SuffixTable step2)
    {
        var (length, group) = step2.Longest(word.Text);
        if (group >= 0 && word.Length - length >= r1)
        {
            word.Replace(length, Replacements2[group]);
        }

        (length, group) = Step3.Longest(word.Text);
        if (group >= 0 && word.Length - length >= r1)
        {
            word.Replace(length, group switch { 0 => "al", 1 => "ic", _ => "" });
        }

        (length, group) = Step4.Longest(word.Text);
        if (group >= 0 && word.Length - length >= r2 && (group == 0 || word.Ends("s", length) || word.Ends("t", length)))
        {
            word.Cut(length);
        }
    }

    // consonant, vowel, consonant other than w, x, y
    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length >= 3 && !Vowels.Contains(word[^1]) && word[^1] is not ('w' or 'x' or 'Y') && Vowels.Contains(word[^2]) && !Vowels.Contains(word[^3]);

    private static bool EndsDoubled(ReadOnlySpan<char> word) =>
        word.Length >= 2 && word[^1] == word[^2] && !Vowels.Contains(word[^1]) && word[^1] is not ('l' or 's' or 'z');
}
