using System.Text.RegularExpressions;

namespace Rag.Llama.Embeddings;

/// <summary>Embedding models by name, with the prompts that they were trained with, as their model cards have them.</summary>
internal static partial class PromptFamilies
{
    private const string Web = "Given a web search query, retrieve relevant passages that answer the query";
    private const string Searching = "Represent this sentence for searching relevant passages: ";

    // The first whose words all stand in the name counts, so what is special comes before what is general.
    private static readonly (string[] Words, EmbeddingPrompts Prompts)[] Families =
    [
        (["qwen3", "embedding"], new($"Instruct: {Web}\nQuery:", "")),
        (["gte", "qwen2"], new($"Instruct: {Web}\nQuery: ", "")),
        (["e5", "instruct"], new($"Instruct: {Web}\nQuery: ", "")),
        (["e5", "mistral"], new($"Instruct: {Web}\nQuery: ", "")),
        (["e5"], new("query: ", "passage: ")),
        (["bge", "m3"], EmbeddingPrompts.None),
        (["bge", "gemma2"], EmbeddingPrompts.None),
        (["bge", "zh"], new("为这个句子生成表示以用于检索相关文章：", "")),
        (["bge"], new(Searching, "")),
        (["nomic", "embed", "code"], new("Represent this query for searching relevant code: ", "")),
        (["nomic", "embed"], new("search_query: ", "search_document: ")),
        (["arctic", "embed", "v2"], new("query: ", "")),
        (["arctic", "embed"], new(Searching, "")),
        (["mxbai", "embed"], new(Searching, "")),
        (["embeddinggemma"], new("task: search result | query: ", "title: none | text: ")),
        (["gemma", "embedding"], new("task: search result | query: ", "title: none | text: ")),
        (["jina", "embeddings", "v3"], new("Represent the query for retrieving evidence documents: ", "Represent the document for retrieval: ")),
        (["jina", "embeddings", "v4"], new("Query: ", "Passage: ")),
    ];

    /// <summary>The prompts for the first name that is known; none where no name is.</summary>
    public static EmbeddingPrompts Find(IEnumerable<string?> names)
    {
        foreach (var name in names)
        {
            // "Bge Small En v1.5", "bge-small-en-v1.5-q8_0" and "nomic-embed-text-v1.5" become words; "v2.0" is v2
            var words = Word().Matches((name ?? "").ToLowerInvariant()).Select(m => m.Value).ToHashSet();
            foreach (var family in Families)
            {
                if (family.Words.All(words.Contains))
                {
                    return family.Prompts;
                }
            }
        }

        return EmbeddingPrompts.None;
    }

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();
}
