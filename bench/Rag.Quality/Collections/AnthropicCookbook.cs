using System.Text.Json;
using Rag.Evaluation.Collections;

namespace Rag.Quality.Collections;

/// <summary>The two collections of Anthropic's cookbook: chunks of source code, and sections of documentation.</summary>
internal static class AnthropicCookbook
{
    /// <summary>Source code: each chunk a unit, its id the id of its file and its number there.</summary>
    public static ClassicCollection ReadCode(string data)
    {
        var folder = Path.Combine(data, "retrieval-codebase-anthropic");
        using var files = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "codebase_chunks.json")));
        var documents = files.RootElement.EnumerateArray().SelectMany(file => file.GetProperty("chunks").EnumerateArray()
            .Select(chunk => new CollectionDocument($"{file.GetProperty("original_uuid")}#{chunk.GetProperty("original_index")}", "", chunk.GetProperty("content").GetString()!)));
        var questions = File.ReadLines(Path.Combine(folder, "evaluation_set.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        return Judged(documents, questions.Select(q => (q.GetProperty("query").GetString()!, q.GetProperty("golden_chunk_uuids").EnumerateArray().Select(g => $"{g[0]}#{g[1]}"))));
    }

    /// <summary>Documentation: each section a unit under its heading.</summary>
    public static ClassicCollection ReadDocs(string data)
    {
        var folder = Path.Combine(data, "retrieval-anthropic-docs");
        using var sections = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "anthropic_docs.json")));
        using var questions = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "docs_evaluation_dataset.json")));
        // The text of a section begins with its heading; a section that stands there twice is one.
        var documents = sections.RootElement.EnumerateArray().Select(s => new CollectionDocument(s.GetProperty("chunk_link").GetString()!, "", s.GetProperty("text").GetString()!)).DistinctBy(d => d.Id);
        return Judged(documents, questions.RootElement.EnumerateArray().Select(q => (q.GetProperty("question").GetString()!, q.GetProperty("correct_chunks").EnumerateArray().Select(c => c.GetString()!))));
    }

    private static ClassicCollection Judged(IEnumerable<CollectionDocument> documents, IEnumerable<(string Text, IEnumerable<string> Relevant)> questions)
    {
        var numbered = questions.Select((q, i) => (Query: new CollectionQuery($"q{i + 1}", q.Text), Relevant: q.Relevant.Distinct().ToDictionary(r => r, _ => 1))).ToList();
        return new([.. documents], [.. numbered.Select(q => q.Query)], new(numbered.ToDictionary(q => q.Query.Id, IReadOnlyDictionary<string, int> (q) => q.Relevant)));
    }
}
