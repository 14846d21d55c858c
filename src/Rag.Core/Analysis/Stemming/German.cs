using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's German stemmer, with <c>ae oe ue</c> read as umlauts.</summary>
internal static class German
{
    private const string EndingsBeforeS = "bdfghklmnrt";
    private const string EndingsBeforeEt = "dfgklmnrstUzä";

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyäöü");
    private static readonly SuffixTable Step1 = new("em", "ern er erin erinnen", "e en es", "s", "ln lns");
    private static readonly SuffixTable Step2 = new("en er est", "st", "et");
    private static readonly SuffixTable Step3 = new("end ung", "ig ik isch", "lich heit", "keit");
    private static readonly SuffixTable KeepEt = new("geordn intern plan tick tr"); // untergeordnet, Internet, Planet, Ticket, Vertreter
    private static readonly SuffixTable Genitive = new("'s 'sch '");

    /// <summary>Stems the lower-case word in place and gives its new length, at most twice the old one (ß becomes ss).</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        Normalise(ref word);
        var first = word.RegionAfter(0, Vowels);
        var r1 = word.Length < 3 ? word.Length : Math.Max(first, 3);
        var r2 = word.Length < 3 ? word.Length : word.RegionAfter(first, Vowels);
        Inflection(ref word, r1);
        Comparison(ref word, r1);
        Derivation(ref word, r1, r2);
        if (Genitive.Longest(word.Text) is { Group: 0 } genitive && word.Length - genitive.Length > 1)
        {
            word.Cut(genitive.Length);
        }

        var text = word.Text;
        text.Replace('Y', 'y');
        text.Replace('U', 'u');
        text.Replace('ä', 'a');
        text.Replace('ö', 'o');
        text.Replace('ü', 'u');
        return word.Length;
    }

    private static void Normalise(ref Stem word)
    {
        for (var i = 0; i + 2 < word.Length; i++)
        {
            if (word[i + 1] is 'u' or 'y' && Vowels.Contains(word[i]) && Vowels.Contains(word[i + 2]))
            {
                word.Text[i + 1] = word[i + 1] == 'u' ? 'U' : 'Y';
                i += 2;
            }
        }

        for (var i = 0; i < word.Length; i++)
        {
            var next = i + 1 < word.Length ? word[i + 1] : '\0';
            switch (word[i])
            {
                case 'ß':
                    word.Expand(i++, "ss");
                    break;
                case 'q' when next == 'u':
                    i++;
                    break;
                case ('a' or 'o' or 'u') and var vowel when next == 'e':
                    word.Text[i] = vowel switch { 'a' => 'ä', 'o' => 'ö', _ => 'ü' };
                    word.Text[(i + 2)..].CopyTo(word.Text[(i + 1)..]);
                    word.Cut(1);
                    break;
            }
        }
    }

    private static void Inflection(ref Stem word, int r1)
    {
        var (length, group) = Step1.Longest(word.Text);
        var before = word.Length - length;
        if (group < 0 || before < r1 || (group == 0 && word.Ends("syst", length)) || (group == 3 && !EndingsBeforeS.Contains(word[before - 1])))
        {
            return;
        }

        word.Cut(length);
        if (group == 2 && word.Ends("niss"))
        {
            word.Cut(1);
        }
        else if (group == 4)
        {
            word.Replace(0, "l");
        }
    }

    private static void Comparison(ref Stem word, int r1)
    {
        var (length, group) = Step2.Longest(word.Text);
        var before = word.Length - length;
        if (group < 0 || before < r1)
        {
            return;
        }

        var last = before > 0 ? word[before - 1] : '\0';
        if (group switch
        {
            0 => true,
            1 => before >= 4 && last != 'r' && EndingsBeforeS.Contains(last),
            _ => EndingsBeforeEt.Contains(last) && KeepEt.Longest(word.Text[..before]).Group < 0,
        })
        {
            word.Cut(length);
        }
    }

    private static void Derivation(ref Stem word, int r1, int r2)
    {
        var (length, group) = Step3.Longest(word.Text);
        if (group < 0 || word.Length - length < r2 || (group == 1 && word.Ends("e", length)))
        {
            return;
        }

        word.Cut(length);
        switch (group)
        {
            case 0 when word.Ends("ig") && !word.Ends("e", 2):
                word.TryCut(2, r2);
                break;
            case 2 when word.Ends("er") || word.Ends("en"):
                word.TryCut(2, r1);
                break;
            case 3:
                _ = word.Ends("lich") ? word.TryCut(4, r2) : word.TryCut("ig", r2);
                break;
        }
    }
}
