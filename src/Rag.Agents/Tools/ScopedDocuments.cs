using Rag.Generation;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Agents.Tools;

/// <summary>The documents of a store that a scope may see; any other is as if it were not there.</summary>
/// <param name="store">Where they are.</param>
/// <param name="retriever">Finds their passages.</param>
/// <param name="scope">Tenant, groups and filter; its text is not used.</param>
internal sealed class ScopedDocuments(IChunkStore store, IRetriever retriever, Query scope)
{
    /// <summary>The passages that fit some words best, best first.</summary>
    public Task<IReadOnlyList<ScoredChunk>> FindAsync(string words, int top, CancellationToken cancellationToken) =>
        retriever.RetrieveAsync(scope with { Text = words }, top, cancellationToken);

    /// <summary>A document with its text; <see langword="null"/> where there is none that may be seen.</summary>
    public async Task<ScopedDocument?> OpenAsync(string documentId, CancellationToken cancellationToken)
    {
        var document = await store.GetDocumentAsync(documentId, scope.Tenant, cancellationToken);
        if (document is null || !Sees(document))
        {
            return null;
        }

        var chunks = await store.GetChunksAsync(documentId, scope.Tenant, cancellationToken);
        // The document may be stored anew between the two reads; a chunk with other words must not be cited for this text.
        return new(document, [.. chunks.Select(c => c.Chunk).Where(c => c.Span.End <= document.Text.Length && document.Text.AsSpan(c.Span.Start, c.Span.Length).SequenceEqual(c.Text))]);
    }

    /// <summary>The first found document whose title is the name, case, accents and punctuation aside; <see langword="null"/> where there is none. And one passage of each document that was found, best first.</summary>
    public async Task<(ScopedDocument? Document, IReadOnlyList<Chunk> Found)> NamedAsync(string name, int top, CancellationToken cancellationToken)
    {
        var found = name.Length == 0 ? [] : await FindAsync(name, top, cancellationToken);
        Chunk[] documents = [.. found.Select(f => f.Chunk).DistinctBy(c => c.DocumentId)];
        var named = documents.FirstOrDefault(c => c.Title.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? documents.FirstOrDefault(c => FoldedTitle.AreEqual(c.Title, name));
        return (named is null ? null : await OpenAsync(named.DocumentId, cancellationToken), documents);
    }

    private bool Sees(Document document) =>
        (document.Groups.Count == 0 || document.Groups.Intersect(scope.Groups, StringComparer.Ordinal).Any()) && scope.Filter.Matches(field => Filter.ValuesOf(document, field));
}

/// <summary>A document that may be seen.</summary>
/// <param name="Document">The document.</param>
/// <param name="Chunks">Its chunks in reading order; in each stands what stands in the text at its place.</param>
internal sealed record ScopedDocument(Document Document, IReadOnlyList<Chunk> Chunks)
{
    /// <summary>Lets the answer cite what the model is shown of the text: the parts of the chunks that lie there, each with its number.</summary>
    public IReadOnlyList<(int Number, TextSpan Span)> Cite(AgentContext? context, TextSpan shown, double score = 1)
    {
        var cited = new List<(int, TextSpan)>();
        var from = shown.Start;
        foreach (var chunk in Chunks)
        {
            var (start, end) = (Math.Max(from, chunk.Span.Start), Math.Min(shown.End, chunk.Span.End));
            if (start < end && Trimmed(new(start, end)) is { Length: > 0 } part)
            {
                var number = context?.Cite(PassagePacker.Part(chunk, new(part.Start - chunk.Span.Start, part.End - chunk.Span.Start)), score) ?? cited.Count + 1;
                cited.Add((number, part));
                from = end;
            }
        }

        return cited;
    }

    private TextSpan Trimmed(TextSpan span)
    {
        var text = Document.Text.AsSpan(span.Start, span.Length);
        var start = text.Length - text.TrimStart().Length;
        return new(span.Start + start, span.Start + start + text.Trim().Length);
    }
}
