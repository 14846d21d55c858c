using System.Text.Json.Serialization;

namespace Rag.Api.Json;

/// <summary>One result of <c>rag search</c>.</summary>
internal sealed record HitJson(int Rank, string ChunkId, string DocumentId, string? Path, string Title, double Score, int? Page, int Start, int End, string Context, string Text)
{
    /// <summary>Where the passage stands, as its format names places, such as <c>Prices!A2:D2</c>; left out where it has no names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Place { get; init; }

    /// <summary>Where the score comes from; only with <c>--why</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WhyJson? Why { get; init; }

    public static HitJson Of(ScoredChunk hit, int rank, WhyJson? why) =>
        new(rank, hit.Chunk.Id, hit.Chunk.DocumentId, hit.Chunk.Path, hit.Chunk.Title, hit.Score, hit.Chunk.Pages?.First, hit.Chunk.Span.Start, hit.Chunk.Span.End, hit.Chunk.Context, hit.Chunk.Text) { Place = hit.Chunk.PlaceOf(hit.Chunk.Span), Why = why };
}

/// <summary>Where a score comes from.</summary>
/// <param name="Retriever">Who gave it.</param>
/// <param name="Filter">The filter as it was given; empty for none.</param>
/// <param name="Terms">The query's terms in the passage.</param>
internal sealed record WhyJson(string Retriever, string Filter, IEnumerable<TermJson> Terms);

/// <summary>What one term added to a score.</summary>
internal sealed record TermJson(string Term, int Occurrences, double Weight, double Score)
{
    public static TermJson Of(TermScore term) => new(term.Term, term.Occurrences, term.Weight, term.Score);
}
