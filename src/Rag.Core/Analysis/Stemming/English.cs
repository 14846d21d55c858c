using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's English stemmer ("Porter2") of M. F. Porter, 2001, as revised up to Snowball 3.</summary>
internal static class English
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly SuffixTable Step1a = new("sses", "ied ies", "s", "us ss");
    private static readonly SuffixTable Step1b = new("eed eedly", "ed edly ingly", "ing");
    private static readonly SuffixTable Undouble = new("at bl iz", "bb dd ff gg mm nn pp rr tt");

    private static readonly SuffixTable Step2 = new(
        "tional", "enci", "anci", "abli", "entli", "izer ization", "ational ation ator", "alism aliti alli", "fulness fulli", "ousli ousness", "iveness iviti", "biliti bli", "ogist", "ogi", "lessli", "li");

    private static readonly string[] Replacements2 = ["tion", "ence", "ance", "able", "ent", "ize", "ate", "al", "ful", "ous", "ive", "ble", "og", "og", "less", ""];

    private static readonly SuffixTable Step3 = new("tional", "ational", "alize", "icate iciti ical", "ful ness", "ative");
    private static readonly string[] Replacements3 = ["tion", "ate", "al", "ic", "", ""];
    private static readonly SuffixTable Step4 = new("al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize", "ion");

    /// <summary>Stems the lower-case word in place and gives its new length, never more than before.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        if (length <= 2)
        {
            return length;
        }

        if (length <= 6 && Exception(buffer[..length]) is { } exception)
        {
            exception.CopyTo(buffer);
            return exception.Length;
        }

        if (buffer[0] == '\'')
        {
            buffer[1..length].CopyTo(buffer);
            length--;
        }

        var word = new Stem(buffer, length);
        EnglishLetters.MarkConsonantY(word.Text);
        var r1 = FirstRegion(word);
        var r2 = word.RegionAfter(r1, Vowels);
        Plural(ref word);
        PastAndGerund(ref word, r1);
        if (word.Length > 2 && word[word.Length - 1] is 'y' or 'Y' && !Vowels.Contains(word[word.Length - 2]))
        {
            word.Replace(1, "i");
        }

        if (r1 < word.Length)
        {
            Derivations(ref word, r1, r2);
            LastLetter(ref word, r1, r2);
        }

        word.Text.Replace('Y', 'y');
        return word.Length;
    }

    private static string? Exception(ReadOnlySpan<char> word) => word switch
    {
        "skis" => "ski",
        "skies" => "sky",
        "idly" => "idl",
        "gently" => "gentl",
        "ugly" => "ugli",
        "early" => "earli",
        "only" => "onli",
        "singly" => "singl",
        "sky" => "sky",
        "news" => "news",
        "howe" => "howe",
        "atlas" => "atlas",
        "cosmos" => "cosmos",
        "bias" => "bias",
        "andes" => "andes",
        _ => null,
    };

    // beginnings that are one region, so that "general" and "generate" keep apart
    private static int FirstRegion(Stem word)
    {
        var prefix = word[0] switch
        {
            'a' => "arsen",
            'c' => "commun",
            'e' => "emerg",
            'g' => "gener",
            'i' => "inter",
            'l' => "later",
            'o' => "organ",
            'p' => "past",
            'u' => "univers",
            _ => null,
        };
        return prefix is not null && word.Text.StartsWith(prefix) ? prefix.Length : word.RegionAfter(0, Vowels);
    }

    private static void Plural(ref Stem word)
    {
        if (word.Text.Contains('\''))
        {
            word.Cut(word.Ends("'s'") ? 3 : word.Ends("'s") ? 2 : word.Ends("'") ? 1 : 0);
        }

        switch (Step1a.Longest(word.Text).Group)
        {
            case 0:
                word.Cut(2);
                break;
            case 1:
                word.Cut(word.Length > 4 ? 2 : 1);
                break;
            case 2 when word.Length > 2 && word.Text[..^2].ContainsAny(Vowels):
                word.Cut(1);
                break;
        }
    }

    private static void PastAndGerund(ref Stem word, int r1)
    {
        var (length, group) = Step1b.Longest(word.Text);
        if (group < 0)
        {
            return;
        }

        var stem = word.Text[..^length];
        if (group == 0)
        {
            if (stem.Length >= r1 && stem is not ("proc" or "exc" or "succ"))
            {
                word.Replace(length, "ee");
            }
        }
        else if (group == 2 && stem.Length == 2 && stem[1] == 'y' && !Vowels.Contains(stem[0]))
        {
            word.Replace(4, "ie"); // dying, lying, tying
        }
        else if (group == 2 && stem is "inn" or "out" or "cann" or "herr" or "earr" or "even")
        {
            return; // inning, outing, canning...: nouns of their own
        }
        else if (stem.ContainsAny(Vowels))
        {
            word.Cut(length);
            Repair(ref word, r1);
        }
    }

    private static void Repair(ref Stem word, int r1)
    {
        switch (Undouble.Longest(word.Text).Group)
        {
            case 0:
                word.Replace(0, "e");
                break;
            case 1 when !(word.Length == 3 && word[0] is 'a' or 'e' or 'o'):
                word.Cut(1);
                break;
            case -1 when word.Length <= r1 && EndsShort(word.Text):
                word.Replace(0, "e");
                break;
        }
    }

    private static void Derivations(ref Stem word, int r1, int r2)
    {
        var (length, group) = Step2.Longest(word.Text);
        var before = word.Length - length;
        if (group >= 0 && before >= r1 && group switch { 13 => word.Ends("l", length), 15 => before > 0 && "cdeghkmnrt".Contains(word[before - 1]), _ => true })
        {
            word.Replace(length, Replacements2[group]);
        }

        (length, group) = Step3.Longest(word.Text);
        if (group >= 0 && word.Length - length >= (group == 5 ? Math.Max(r1, r2) : r1))
        {
            word.Replace(length, Replacements3[group]);
        }

        (length, group) = Step4.Longest(word.Text);
        if (group >= 0 && word.Length - length >= r2 && (group == 0 || word.Ends("s", length) || word.Ends("t", length)))
        {
            word.Cut(length);
        }
    }

    private static void LastLetter(ref Stem word, int r1, int r2)
    {
        var before = word.Length - 1;
        if ((word.Ends("e") && (before >= r2 || (before >= r1 && !EndsShort(word.Text[..^1])))) || (word.Ends("ll") && before >= r2))
        {
            word.Cut(1);
        }
    }

    // a short syllable: consonant, vowel, consonant other than w, x, y; or a vowel at the beginning and a consonant; or the stem "past"
    private static bool EndsShort(ReadOnlySpan<char> word)
    {
        if (word.Length < 2 || Vowels.Contains(word[^1]) || !Vowels.Contains(word[^2]))
        {
            return word.EndsWith("past");
        }

        return word.Length == 2 || (!Vowels.Contains(word[^3]) && word[^1] is not ('w' or 'x' or 'Y'));
    }
}
