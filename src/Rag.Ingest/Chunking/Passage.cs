namespace Rag.Ingest.Chunking;

/// <summary>A chunk in the making.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Tokens">Its length.</param>
/// <param name="Path">Headings above it.</param>
/// <param name="TableHeader">Where the head of the table stands whose later rows it begins with, if it does.</param>
internal sealed record Passage(TextSpan Span, int Tokens, IReadOnlyList<string> Path, TextSpan? TableHeader = null)
{
    /// <summary>Whether it is a whole section and short.</summary>
    public bool IsTiny { get; init; }

    /// <summary>Whether it is headings and nothing else.</summary>
    public bool IsHeading { get; init; }

    /// <summary>The passage as a chunk.</summary>
    public Chunk ToChunk(Document document, int index)
    {
        var path = string.Join(" > ", Path);
        var context = TableHeader is { } header ? $"{path}\n{header.Of(document.Text)}".TrimStart('\n') : path;
        return Chunk.Of(document, index, Span, context);
    }

    /// <summary>This passage and the ones after it as one, under the headings that those of them share that have text.</summary>
    public static Passage Join(IReadOnlyList<Passage> passages, int tokens)
    {
        var texts = passages.Where(p => !p.IsHeading).DefaultIfEmpty(passages[0]).ToArray();
        var shared = texts.Skip(1).Aggregate(texts[0].Path, (path, next) => [.. path.Zip(next.Path).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)]);
        return new(new(passages[0].Span.Start, passages[^1].Span.End), tokens, shared, passages[0].TableHeader);
    }
}
