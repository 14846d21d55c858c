using Rag.Analysis.Stemming;
using Rag.Testing;

namespace Rag.Core.Tests.Analysis.Stemming;

public sealed class StemmerVectorTests
{
    [Fact]
    public void English_gives_every_stem_of_Snowballs_vocabulary() => Check("english", English.Apply);

    [Fact]
    public void Porter_gives_every_stem_of_Snowballs_vocabulary() => Check("porter", Porter.Apply);

    [Fact]
    public void German_gives_every_stem_of_Snowballs_vocabulary() => Check("german", German.Apply);

    private static void Check(string algorithm, Stemmer stemmer)
    {
        var folder = SharedData.Require($"vectors-snowball/{algorithm}");
        var words = File.ReadAllLines(Path.Combine(folder, "voc.txt"));
        var stems = File.ReadAllLines(Path.Combine(folder, "output.txt"));
        var wrong = words.Zip(stems).Select(pair => (Word: pair.First, Stem: pair.Second, Got: Stem(pair.First, stemmer))).Where(row => row.Stem != row.Got).ToList();

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {words.Length}: {string.Join("; ", wrong.Take(30))}");
    }

    private static string Stem(string word, Stemmer stemmer)
    {
        var buffer = new char[2 * word.Length];
        word.CopyTo(buffer);
        return new string(buffer, 0, stemmer(buffer, word.Length));
    }
}
