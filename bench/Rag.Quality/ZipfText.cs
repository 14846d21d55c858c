namespace Rag.Quality;

/// <summary>Seeded texts whose words are as frequent as in natural language: p(rank) ~ 1 / (rank + 2.7)^1.07 over 200,000 words (Mandelbrot), a quarter of them repeats.</summary>
/// <remarks>Three words in eight carry an English ending, so that stemmers have work. Every text has its own seed: the same number gives the same text.</remarks>
internal sealed class ZipfText(int seed, int words)
{
    private const int Vocabulary = 200_000;
    private const int Common = 100; // as many ranks count as stop words: no query has them
    private const double Repeats = 0.25;

    private static readonly string[] Endings = ["", "", "", "", "", "s", "ed", "ing"];
    private static readonly string[] Stems = [.. Enumerable.Range(0, Vocabulary).Select(Stem)];
    private static readonly double[] Cumulative = Sums();

    /// <summary>The text of a number: <c>words</c> words on average, from a quarter to twice as many.</summary>
    public string Text(int number)
    {
        var random = new Random(HashCode(number, 0));
        return string.Join(' ', Ranks(number).Select(r => Stems[r] + Endings[random.Next(Endings.Length)]));
    }

    /// <summary>Distinct words of one text, none of them common; fewer than asked for where the text is poor.</summary>
    public string Query(int number, int terms)
    {
        var candidates = Ranks(number).Where(r => r >= Common).Distinct().ToArray();
        new Random(HashCode(number, 1)).Shuffle(candidates);
        return string.Join(' ', candidates.Take(terms).Select(r => Stems[r]));
    }

    private List<int> Ranks(int number)
    {
        var random = new Random(HashCode(number, 2));
        var gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var length = (int)(words * Math.Clamp(1 + (0.31 * gaussian), 0.25, 2));
        var ranks = new List<int>(length);
        for (var i = 0; i < length; i++)
        {
            ranks.Add(i > 0 && random.NextDouble() < Repeats ? ranks[random.Next(i)] : Rank(random.NextDouble()));
        }

        return ranks;
    }

    private static int Rank(double share) => Math.Min(Vocabulary - 1, Array.BinarySearch(Cumulative, share * Cumulative[^1]) is >= 0 and var found ? found : ~Array.BinarySearch(Cumulative, share * Cumulative[^1]));

    private static double[] Sums()
    {
        var sums = new double[Vocabulary];
        for (var rank = 0; rank < Vocabulary; rank++)
        {
            sums[rank] = (rank == 0 ? 0 : sums[rank - 1]) + Math.Pow(rank + 2.7, -1.07);
        }

        return sums;
    }

    // Syllables that no stemmer takes for an ending.
    private static string Stem(int rank)
    {
        const string Consonants = "bdfgklmnprtvz";
        const string Vowels = "aiou";
        const int Syllables = 52;
        var word = "";
        for (var rest = rank + Syllables; rest > 0; rest /= Syllables)
        {
            word += $"{Consonants[rest % Syllables / Vowels.Length]}{Vowels[rest % Vowels.Length]}";
        }

        return word + "k";
    }

    private int HashCode(int number, int purpose) => unchecked((((seed * 31) + number) * 486_187_739) + purpose);
}
