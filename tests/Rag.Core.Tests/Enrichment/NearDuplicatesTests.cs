using Rag.Analysis;
using Rag.Enrichment;
using Rag.Storage;

namespace Rag.Core.Tests.Enrichment;

public sealed class NearDuplicatesTests
{
    [Fact]
    public void Resemblance_is_near_the_exact_Jaccard_coefficient_of_shingles()
    {
        var random = new Random(7);
        var errors = new List<double>();
        for (var i = 0; i < 80; i++)
        {
            var text = Words(random, random.Next(60, 600));
            var changed = Mutate(random, text, random.NextDouble() * 0.06);

            errors.Add(Math.Abs(Exact(text, changed) - MinHash.Resemblance(Signature(text), Signature(changed))));
        }

        // Standard error at most 0.046: of 80 the worst lies within four of them, the mean of absolute errors near 0.8 of one.
        Assert.InRange(errors.Max(), 0, 0.18);
        Assert.InRange(errors.Average(), 0, 0.045);
    }

    [Fact]
    public void Texts_without_a_common_shingle_resemble_each_other_hardly()
    {
        var random = new Random(3);
        var all = Enumerable.Range(0, 60).Select(_ => Signature(string.Join(' ', Words(random, 25)))).ToArray();

        Assert.All(all.SelectMany((a, i) => all.Skip(i + 1).Select(b => MinHash.Resemblance(a, b))), r => Assert.InRange(r, 0, 0.05));
    }

    [Fact]
    public void A_signature_ignores_case_and_punctuation_and_is_the_same_everywhere()
    {
        var signature = MinHash.Of("One two three four five six seven eight nine ten, eleven twelve: thirteen fourteen. Fifteen sixteen seventeen eighteen nineteen twenty!", default)!;

        Assert.Equal(signature, MinHash.Of("one two three four five six seven eight nine ten\neleven twelve thirteen fourteen FIFTEEN sixteen seventeen eighteen nineteen Twenty", default));
        Assert.Equal("4ewJWjy1", Convert.ToBase64String(signature.AsSpan(0, 6))); // of an earlier run: a store outlives the program
        Assert.Null(MinHash.Of("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", default));
    }

    [Fact]
    public void Among_finds_what_comparing_all_with_all_finds()
    {
        var random = new Random(11);
        var texts = new List<string[]>();
        for (var i = 0; i < 300; i++)
        {
            texts.Add(texts.Count > 0 && random.Next(2) == 0 ? Mutate(random, texts[random.Next(texts.Count)], random.NextDouble() * 0.03) : Words(random, random.Next(80, 300)));
        }

        var documents = texts.Select((t, i) => Stored($"{i:000}", string.Join(' ', t))).ToArray();

        var signatures = texts.ConvertAll(t => Signature(t));

        var found = NearDuplicates.Among(documents, default);

        var (originals, missed) = (new List<int>(), 0);
        for (var i = 0; i < texts.Count; i++)
        {
            var nearest = originals.Select(o => MinHash.Resemblance(signatures[o], signatures[i])).DefaultIfEmpty(0).Max();
            missed += nearest >= NearDuplicates.LeastResemblance && !found.ContainsKey($"{i:000}") ? 1 : 0;
            Assert.False(found.ContainsKey($"{i:000}") && nearest < NearDuplicates.LeastResemblance);
            if (!found.ContainsKey($"{i:000}"))
            {
                originals.Add(i);
            }
        }

        Assert.InRange(found.Count, 80, 150);
        Assert.InRange(missed, 0, 1); // 2 of 1000 at 0.8, fewer above
        Assert.All(found.Values, f => Assert.False(found.ContainsKey(f.Value))); // every duplicate points to an original
        Assert.All(found, f => Assert.True(Exact(texts[int.Parse(f.Key)], texts[int.Parse(f.Value.Value)]) > 0.65));
    }

    [Fact]
    public void Among_depends_on_nothing_but_the_documents_and_compares_within_equal_groups_only()
    {
        const string Text = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
        StoredDocument[] documents =
        [
            Stored("a", Text, "staff"), Stored("b", Text), Stored("c", Text, "staff", "board"), Stored("d", Text), Stored("e", Text, "board", "staff"), Stored("f", Text, "staff"),
        ];

        var found = NearDuplicates.Among(documents, default);

        Assert.Equal([("d", "b", 1.0), ("e", "c", 1.0), ("f", "a", 1.0)], found.OrderBy(f => f.Key).Select(f => (f.Key, f.Value.Value, f.Value.Confidence!.Value)));
        Assert.Throws<OperationCanceledException>(() => NearDuplicates.Among(documents, new(canceled: true)));
    }

    private static StoredDocument Stored(string id, string text, params string[] groups) => new(id, id, "text/plain", 1, DateTimeOffset.UnixEpoch, "1", null, new Dictionary<string, string>())
    {
        Groups = groups,
        Findings = MinHash.Of(text, default) is { } signature ? [new(SignatureEnricher.Signature, Convert.ToBase64String(signature), SignatureEnricher.Method)] : [],
    };

    private static byte[] Signature(params string[] words) => MinHash.Of(string.Join(' ', words), default)!;

    private static double Exact(string[] a, string[] b)
    {
        var (left, right) = (Shingles(a), Shingles(b));
        return left.Intersect(right).Count() / (double)left.Union(right).Count();
    }

    private static HashSet<string> Shingles(string[] words)
    {
        var text = string.Join(' ', words);
        List<string> found = [];
        foreach (var word in WordSegmenter.Words(text))
        {
            found.Add(text[word.Start..word.End].ToLowerInvariant());
        }

        return [.. Enumerable.Range(0, found.Count - 4).Select(i => string.Join(' ', found.Skip(i).Take(5)))];
    }

    private static string[] Words(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => $"w{random.Next(5000)}")];

    // words exchanged, dropped and added, each at this rate
    private static string[] Mutate(Random random, string[] words, double rate) =>
        [.. words.SelectMany(w => random.NextDouble() >= rate ? (string[])[w] : random.Next(3) switch { 0 => [], 1 => [$"n{random.Next(5000)}"], _ => [w, $"n{random.Next(5000)}"] })];
}
