using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>A seeded, endless sequence of changes to a store: the killed process makes them, the test knows what they lead to.</summary>
internal static class CrashScript
{
    /// <summary>Makes the changes from step <paramref name="first"/> on and writes the number of each to standard output once it is committed.</summary>
    public static async Task<int> WriteForeverAsync(string path, int seed, int first)
    {
        for (var step = first; ;)
        {
            // Closing saves the index file, so that some kills fall into that.
            await using var store = await SqliteChunkStore.OpenAsync(path);
            for (var i = 0; i < 12; i++, step++)
            {
                var (id, document) = Step(seed, step);
                if (document is null)
                {
                    await store.DeleteDocumentAsync(id);
                }
                else
                {
                    await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, c => [step, c + 1]));
                }

                Console.WriteLine(step);
            }
        }
    }

    /// <summary>The documents that are there after all steps up to <paramref name="last"/>.</summary>
    public static Dictionary<string, Document> After(int seed, int last)
    {
        var documents = new Dictionary<string, Document>();
        for (var step = 0; step <= last; step++)
        {
            var (id, document) = Step(seed, step);
            documents.Remove(id);
            if (document is not null)
            {
                documents.Add(id, document);
            }
        }

        return documents;
    }

    private static (string Id, Document? Document) Step(int seed, int step)
    {
        var random = new Random((seed * 100_003) + step);
        var id = $"d{random.Next(15)}";
        var passages = Enumerable.Range(0, random.Next(1, 120)).Select(_ => string.Join(' ', Enumerable.Range(0, 12).Select(_ => $"w{random.Next(300)}")));
        return (id, random.Next(6) == 0 ? null : Corpus.Text(id, [.. passages]) with { Version = $"{step}" });
    }
}
