using System.Text.Json;
using Rag.Sqlite;
using Rag.Testing;

namespace Rag.Agents.Tests.Tools;

/// <summary>The questions of HotpotQA in the distractor setting, each with ten paragraphs, two of which answer it.</summary>
internal sealed record HotpotQuestion(string Question, string Answer, IReadOnlyList<string> Supporting, IReadOnlyList<(string Title, string Text)> Paragraphs)
{
    public static IReadOnlyList<HotpotQuestion> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("qa-hotpot-distractor/hotpot_distractor_sample.json")));
        return [.. file.RootElement.EnumerateArray().Select(q => new HotpotQuestion(
            q.GetProperty("question").GetString()!,
            q.GetProperty("answer").GetString()!,
            [.. q.GetProperty("supporting_facts").EnumerateArray().Select(f => f[0].GetString()!).Distinct()],
            [.. q.GetProperty("context").EnumerateArray().Select(c => (c[0].GetString()!, string.Concat(c[1].EnumerateArray().Select(s => s.GetString()))))]))];
    }

    /// <summary>A store with one document of one chunk for each paragraph.</summary>
    public static async Task<SqliteChunkStore> StoreAsync(IEnumerable<(string Title, string Text)> paragraphs)
    {
        var store = await SqliteChunkStore.OpenAsync(":memory:");
        foreach (var (title, text) in paragraphs.DistinctBy(p => p.Title))
        {
            var document = new Document(title, title, text, [new(BlockKind.Paragraph, new(0, text.Length))]) { Language = "en" };
            await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, text.Length)))]);
        }

        return store;
    }
}
