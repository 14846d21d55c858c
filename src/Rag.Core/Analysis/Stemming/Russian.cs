using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>Snowball's Russian stemmer.</summary>
internal static class Russian
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("аеиоуыэюя");

    // in each table the first group is removed only after а or я
    private static readonly SuffixTable PerfectiveGerund = new("в вши вшись", "ив ивши ившись ыв ывши ывшись");

    private static readonly SuffixTable Adjective = new("", "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");
    private static readonly SuffixTable Participle = new("ем нн вш ющ щ", "ивш ывш ующ");
    private static readonly SuffixTable Reflexive = new("", "ся сь");

    private static readonly SuffixTable Verb = new(
        "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
        "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю");

    private static readonly SuffixTable Noun = new("", "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я");
    private static readonly SuffixTable Superlative = new("", "ейш ейше");

    /// <summary>Stems the lower-case word in place and gives its new length, never more than before.</summary>
    public static int Apply(Span<char> buffer, int length)
    {
        var word = new Stem(buffer, length);
        word.Text.Replace('ё', 'е');
        var vowel = word.Text.IndexOfAny(Vowels);
        var rv = vowel < 0 ? length : vowel + 1;
        var r2 = word.RegionAfter(word.RegionAfter(0, Vowels), Vowels);
        if (!Cut(ref word, PerfectiveGerund, rv))
        {
            Cut(ref word, Reflexive, rv);
            if (Cut(ref word, Adjective, rv))
            {
                Cut(ref word, Participle, rv);
            }
            else if (!Cut(ref word, Verb, rv))
            {
                Cut(ref word, Noun, rv);
            }
        }

        word.TryCut("и", rv);
        _ = word.TryCut("ость", Math.Max(rv, r2)) || word.TryCut("ост", Math.Max(rv, r2));
        if (Cut(ref word, Superlative, rv) || word.Ends("нн"))
        {
            if (word.Ends("нн"))
            {
                word.TryCut(1, rv + 1);
            }
        }
        else
        {
            word.TryCut("ь", rv);
        }

        return word.Length;
    }

    private static bool Cut(ref Stem word, SuffixTable suffixes, int rv)
    {
        var (length, group) = suffixes.Longest(word.Text, rv);
        var before = word.Length - length;
        if (group < 0 || (group == 0 && (before - 1 < rv || word[before - 1] is not ('а' or 'я'))))
        {
            return false;
        }

        word.Cut(length);
        return true;
    }
}
