using Rag.Ingest;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Sqlite.Tests;

/// <summary>A re-embedding that goes on batch by batch, as it is told: the process that a test kills.</summary>
internal static class ReembeddingScript
{
    public static VectorSpace Space { get; } = new("new", 3);

    public static ScriptedEmbeddings Model => new(text => [text.Length, 1, 2], "new");

    /// <summary>Writes how far it is after each batch to standard output, then waits for a line.</summary>
    public static async Task<int> RunAsync(string path)
    {
        await using var store = await SqliteChunkStore.OpenAsync(path);
        await new StoreReembedding(store, Model).RunAsync(progress: new Steps());
        return 0;
    }

    private sealed class Steps : IProgress<ReembeddingProgress>
    {
        public void Report(ReembeddingProgress value)
        {
            Console.WriteLine(value.Done);
            Console.ReadLine();
        }
    }
}
