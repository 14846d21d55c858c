using Rag.Analysis;
using Rag.Evaluation.Collections;
using Rag.Indexing;

namespace Rag.Evaluation.Agents;

/// <summary>A page that an agent may find.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Sentences">Its sentences; blanks between them stand in them.</param>
public sealed record AgentPage(string Title, IReadOnlyList<string> Sentences)
{
    /// <summary>The page as one text.</summary>
    public string Text => string.Concat(Sentences.Select((sentence, i) => i > 0 && !sentence.StartsWith(' ') ? $" {sentence}" : sentence)).Trim();

    /// <summary>A store of pages, each one passage, to be searched by the tools of an agent.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="cancellationToken">Stops the storing.</param>
    public static async Task<CollectionStore> StoreAsync(IEnumerable<AgentPage> pages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pages);
        var store = new CollectionStore(KeywordModel.Default);
        foreach (var (number, page) in pages.Index())
        {
            var document = new Document($"page-{number + 1}", page.Title, page.Text, []) { Language = LanguageDetector.Detect(page.Text) };
            await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, document.Text.Length)))], cancellationToken);
        }

        return store;
    }
}
