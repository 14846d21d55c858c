using System.Text.RegularExpressions;
using Rag.Analysis.Stemming;

namespace Rag.Evaluation.Texts;

/// <summary>How much of a reference a text says, by common words and sequences of words.</summary>
/// <param name="Precision">Share of the text that is in the reference.</param>
/// <param name="Recall">Share of the reference that is in the text.</param>
public sealed record RougeScore(double Precision, double Recall)
{
    /// <summary>Harmonic mean of both; 0 where both are 0.</summary>
    public double F => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}

/// <summary>ROUGE (Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004) with the tokens of ROUGE-1.5.5: lower case, every run of letters a to z and digits. Text in other scripts has no tokens and scores 0.</summary>
/// <remarks>With <c>stem</c>, words of more than three letters are compared by Porter's stem, as published tables mostly do (<c>-m</c>). L takes time and memory that grow with the product of both lengths.</remarks>
public static partial class Rouge
{
    private const int ShortestStemmed = 4;

    /// <summary>Common sequences of <paramref name="length"/> words, each counted as often as both have it (ROUGE-N).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public static RougeScore N(string candidate, string reference, int length, bool stem = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var (said, wanted) = (NGrams.Of(Tokens(candidate, stem), length), NGrams.Of(Tokens(reference, stem), length));
        return Score(NGrams.Common(said, wanted), said.Values.Sum(), wanted.Values.Sum());
    }

    /// <summary>The longest sequence of words that both texts have in this order, with or without others between (ROUGE-L of a sentence).</summary>
    public static RougeScore L(string candidate, string reference, bool stem = false)
    {
        var (said, wanted) = (Tokens(candidate, stem), Tokens(reference, stem));
        return Score(CommonPlaces(wanted, said).Count, said.Length, wanted.Length);
    }

    /// <summary>ROUGE-L of a summary: of each sentence of the reference the words that are in a longest common sequence with any sentence of the candidate, each word counted at most as often as it occurs.</summary>
    public static RougeScore LSum(IReadOnlyList<string> candidateSentences, IReadOnlyList<string> referenceSentences, bool stem = false)
    {
        ArgumentNullException.ThrowIfNull(candidateSentences);
        ArgumentNullException.ThrowIfNull(referenceSentences);
        string[][] said = [.. candidateSentences.Select(s => Tokens(s, stem))];
        string[][] wanted = [.. referenceSentences.Select(s => Tokens(s, stem))];
        var left = NGrams.Of([.. said.SelectMany(s => s)], 1);
        var hits = 0;
        foreach (var word in wanted.SelectMany(sentence => said.SelectMany(s => CommonPlaces(sentence, s)).Distinct().Select(place => sentence[place])))
        {
            if (left.GetValueOrDefault(word) > 0)
            {
                left[word]--;
                hits++;
            }
        }

        return Score(hits, said.Sum(s => s.Length), wanted.Sum(s => s.Length));
    }

    private static RougeScore Score(int common, int said, int wanted) => common == 0 ? new(0, 0) : new((double)common / said, (double)common / wanted);

    // Places in the first list, descending, of one longest common subsequence: of several, the one that ROUGE's own code finds, since LSum counts places.
    private static List<int> CommonPlaces(string[] first, string[] second)
    {
        var lengths = new int[first.Length + 1, second.Length + 1];
        for (var i = 1; i <= first.Length; i++)
        {
            for (var j = 1; j <= second.Length; j++)
            {
                lengths[i, j] = first[i - 1] == second[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        List<int> places = [];
        for (var (i, j) = (first.Length, second.Length); i > 0 && j > 0;)
        {
            if (first[i - 1] == second[j - 1])
            {
                places.Add(--i);
                j--;
            }
            else if (lengths[i, j - 1] > lengths[i - 1, j])
            {
                j--;
            }
            else
            {
                i--;
            }
        }

        return places;
    }

    private static string[] Tokens(string text, bool stem)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Token().Matches(text.ToLowerInvariant()).Select(m => stem && m.Length >= ShortestStemmed ? Stem(m.Value) : m.Value)];
    }

    private static string Stem(string word)
    {
        var buffer = new char[2 * word.Length];
        word.CopyTo(buffer);
        return new(buffer, 0, Porter.Apply(buffer, word.Length));
    }

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Token();
}
