using System.Collections.ObjectModel;

namespace Rag;

/// <summary>The unit of retrieval: a passage of one document that still knows where it came from.</summary>
/// <param name="Id">Unique in its tenant and stable across runs and machines: <c>documentId#index</c>, index from 0 in reading order.</param>
/// <param name="DocumentId">The <see cref="Document.Id"/> it was cut from.</param>
/// <param name="Text">The passage, verbatim: <c>document.Text[Span] == Text</c>.</param>
/// <param name="Span">Its place in <see cref="Document.Text"/>; what a citation is verified against.</param>
public sealed record Chunk(string Id, string DocumentId, string Text, TextSpan Span)
{
    /// <summary>Heading path, such as <c>Install &gt; Linux</c>; indexed with the text, never cited. Default empty.</summary>
    public string Context { get; init; } = "";

    /// <summary>Title of the document. Default empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where the source lies, or <see langword="null"/> when it has no place.</summary>
    public string? Path { get; init; }

    /// <summary>Two-letter language of the document, or <see langword="null"/> when not known.</summary>
    public string? Language { get; init; }

    /// <summary>Pages of the source that the passage touches, or <see langword="null"/> where the format has none. Offsets count in <see cref="Document.Text"/>.</summary>
    public Numbering? Pages { get; init; }

    /// <summary>Lines of the source file that the passage touches, or <see langword="null"/> where the format has none. Offsets count in <see cref="Document.Text"/>.</summary>
    public Numbering? Lines { get; init; }

    /// <summary>Where the words of the passage stand on the pages, or <see langword="null"/> where the format does not say. Offsets count in <see cref="Document.Text"/>.</summary>
    public WordBoxes? Boxes { get; init; }

    /// <summary>Labels of the document.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where <paramref name="span"/> stands, as the format names its places, from the first to the last one that it touches; <see langword="null"/> where they have no names.</summary>
    /// <param name="span">A span of <see cref="Document.Text"/>, inside <see cref="Span"/>.</param>
    public string? PlaceOf(TextSpan span)
    {
        var last = Math.Max(span.Start, span.End - 1);
        var (from, to) = Lines?.NameAt(span.Start) is { } line ? (line, Lines.NameAt(last)) : (Pages?.NameAt(span.Start), Pages?.NameAt(last));
        return from is null || to is null || from == to ? from : $"{from} to {to}";
    }

    /// <summary>A passage of <paramref name="document"/> with everything that it inherits from it.</summary>
    /// <param name="document">Where the passage stands.</param>
    /// <param name="index">0-based place among the document's chunks.</param>
    /// <param name="span">The passage, inside the document's text.</param>
    /// <param name="context">Heading path.</param>
    public static Chunk Of(Document document, int index, TextSpan span, string context = "")
    {
        ArgumentNullException.ThrowIfNull(document);
        return new($"{document.Id}#{index}", document.Id, span.Of(document.Text), span)
        {
            Context = context,
            Title = document.Title,
            Path = document.Path,
            Language = document.Language,
            Pages = document.Pages?.Slice(span),
            Lines = document.Lines?.Slice(span),
            Boxes = document.Boxes?.Slice(span),
            Tags = document.Tags,
        };
    }
}

/// <summary>A chunk with its dense vector.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Vector">Embedding, shape [d], unit length; empty when the store is used without vectors.</param>
public sealed record EmbeddedChunk(Chunk Chunk, ReadOnlyMemory<float> Vector = default)
{
    /// <summary>Name of the model that made the vector, so that no store mixes models; <see langword="null"/> where it is not known.</summary>
    public string? Model { get; init; }
}

/// <summary>A retrieved chunk. Scores compare only within one result list.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Score">Higher is better; the unit depends on the retriever (BM25, cosine).</param>
public sealed record ScoredChunk(Chunk Chunk, double Score)
{
    /// <summary>Where the score comes from, when <see cref="Query.Explain"/> asked for it; otherwise empty.</summary>
    public IReadOnlyList<TermScore> Terms { get; init; } = [];
}

/// <summary>What one query term added to a score.</summary>
/// <param name="Term">The term as the index knows it, such as <c>migrat</c>.</param>
/// <param name="Occurrences">How often it stands in the chunk, its title and its context.</param>
/// <param name="Weight">How rare it is among the chunks that the query may see (inverse document frequency); higher is rarer.</param>
/// <param name="Score">Its part of the chunk's score.</param>
public sealed record TermScore(string Term, int Occurrences, double Weight, double Score);
