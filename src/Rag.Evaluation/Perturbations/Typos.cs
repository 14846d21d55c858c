namespace Rag.Evaluation.Perturbations;

/// <summary>Slips of the hand: in each sixth word of four letters or more, one letter is left out, doubled, swapped with the next, or replaced by its neighbour on the keyboard.</summary>
internal static class Typos
{
    private const int MinLength = 4;
    private const int OneIn = 6;

    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    /// <summary>The text with slips, at least one where it has such a word. The same text gives the same slips.</summary>
    public static string Of(string text)
    {
        var words = text.Split(' ');
        var random = new Random(Seed(text));
        int[] places = [.. Enumerable.Range(0, words.Length).Where(i => words[i].Length >= MinLength && words[i].All(char.IsAsciiLetter))];
        random.Shuffle(places);
        foreach (var place in places.Take((places.Length + OneIn - 1) / OneIn))
        {
            words[place] = Slip(words[place], random);
        }

        return string.Join(' ', words);
    }

    // The first letter stays, as it mostly does.
    private static string Slip(string word, Random random)
    {
        var at = random.Next(1, word.Length - 1);
        return random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, $"{word[at]}"),
            2 when word[at] != word[at + 1] => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
            _ => $"{word[..at]}{Neighbour(word[at])}{word[(at + 1)..]}",
        };
    }

    private static char Neighbour(char letter)
    {
        var row = Rows.First(r => r.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal));
        var at = row.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        return row[at == 0 ? 1 : at - 1];
    }

    // string.GetHashCode differs from process to process
    private static int Seed(string text) => text.Aggregate(17, (seed, c) => unchecked((seed * 31) + c));
}
