using System.Text.Json;
using System.Text.Json.Serialization;
using Rag.Ratings;

namespace Rag.Sqlite;

/// <summary>A rating in two JSON documents: facts without any text of a document, which stay, and texts, which are forgotten with the documents.</summary>
internal static class RatingJson
{
    public static string Facts(Rating rating)
    {
        var answer = rating.Answer;
        return JsonSerializer.Serialize(
            new RatingFacts(
                rating.EarlierDocuments, rating.Origin.Generator, rating.Origin.Prompt, rating.Origin.Temperature, rating.Origin.Seed, answer.Abstained, answer.Confidence, answer.Usage, answer.Timings,
                [.. answer.Passages.Select(p => new PassageFacts(p.Number, p.Chunk.Id, p.Chunk.DocumentId, p.Chunk.Span.Start, p.Chunk.Span.End, p.Score))]),
            RatingJsonContext.Default.RatingFacts);
    }

    /// <summary><see langword="null"/> where they are forgotten.</summary>
    public static string? Texts(Rating rating)
    {
        if (rating.Forgotten)
        {
            return null;
        }

        var answer = rating.Answer;
        return JsonSerializer.Serialize(
            new RatingTexts(
                answer.Question, answer.Searched, answer.Text, answer.Reason, rating.Comment, rating.Correction, rating.Alternative, rating.EarlierQuestions,
                [.. answer.Passages.Select(p => new PassageTexts(p.Chunk.Text, p.Chunk.Title, p.Chunk.Context, p.Chunk.Path, p.Chunk.Language))],
                [.. answer.Sentences.Select(s => new SentenceTexts(s.Span.Start, s.Span.End, s.Supported, s.Support, s.Citations, s.Problem))],
                [.. answer.Citations.Select(c => new QuoteTexts(c.Number, c.Mark.Start, c.Mark.End, c.Source.Start, c.Source.End, c.Quote, c.Support))],
                [.. answer.Conflicts.Select(c => new QuoteTexts(c.Number, c.Sentence.Start, c.Sentence.End, c.Source.Start, c.Source.End, c.Quote, 0))]),
            RatingJsonContext.Default.RatingTexts);
    }

    /// <summary>The rating of two documents; the caller adds what stands in columns.</summary>
    public static Rating Read(string id, Verdict verdict, string facts, string? texts)
    {
        var known = JsonSerializer.Deserialize(facts, RatingJsonContext.Default.RatingFacts) ?? throw new JsonException("a rating has no facts");
        var said = texts is null ? null : JsonSerializer.Deserialize(texts, RatingJsonContext.Default.RatingTexts) ?? throw new JsonException("a rating has no texts");
        Passage[] passages = [.. known.Passages.Select((p, i) => new Passage(p.Number, Chunk(p, said?.Passages[i]), p.Score))];
        var chunks = passages.ToDictionary(p => p.Number, p => p.Chunk);
        var answer = new Answer(said?.Question ?? "", said?.Text ?? "")
        {
            Searched = said?.Searched ?? "",
            Passages = passages,
            Abstained = known.Abstained,
            Confidence = known.Confidence,
            Usage = known.Usage,
            Timings = known.Timings,
            Reason = said?.Reason,
            Sentences = [.. (said?.Sentences ?? []).Select(s => new AnswerSentence(new(s.Start, s.End), s.Supported, s.Support, s.Citations) { Problem = s.Problem })],
            Citations = [.. (said?.Citations ?? []).Select(c => new Citation(c.Number, new(c.Start, c.End), chunks[c.Number], new(c.SourceStart, c.SourceEnd), c.Quote, c.Support))],
            Conflicts = [.. (said?.Conflicts ?? []).Select(c => new SourceConflict(new(c.Start, c.End), c.Number, chunks[c.Number], new(c.SourceStart, c.SourceEnd), c.Quote))],
        };
        return new(id, verdict, answer)
        {
            Comment = said?.Comment,
            Correction = said?.Correction,
            Alternative = said?.Alternative,
            EarlierQuestions = said?.Earlier ?? [],
            EarlierDocuments = known.EarlierDocuments,
            Origin = new() { Generator = known.Generator, Prompt = known.Prompt, Temperature = known.Temperature, Seed = known.Seed },
            Forgotten = said is null,
        };
    }

    private static Chunk Chunk(PassageFacts place, PassageTexts? texts) => new(place.Chunk, place.Document, texts?.Text ?? "", new(place.Start, place.End))
    {
        Title = texts?.Title ?? "",
        Context = texts?.Context ?? "",
        Path = texts?.Path,
        Language = texts?.Language,
    };
}

internal sealed record RatingFacts(
    IReadOnlyList<string> EarlierDocuments, string? Generator, string? Prompt, float? Temperature, long? Seed, bool Abstained, double? Confidence, TokenUsage Usage, AnswerTimings Timings, IReadOnlyList<PassageFacts> Passages);

internal sealed record PassageFacts(int Number, string Chunk, string Document, int Start, int End, double Score);

internal sealed record RatingTexts(
    string Question, string Searched, string Text, string? Reason, string? Comment, string? Correction, string? Alternative, IReadOnlyList<string> Earlier,
    IReadOnlyList<PassageTexts> Passages, IReadOnlyList<SentenceTexts> Sentences, IReadOnlyList<QuoteTexts> Citations, IReadOnlyList<QuoteTexts> Conflicts);

internal sealed record PassageTexts(string Text, string Title, string Context, string? Path, string? Language);

internal sealed record SentenceTexts(int Start, int End, bool Supported, double Support, IReadOnlyList<int> Citations, string? Problem);

internal sealed record QuoteTexts(int Number, int Start, int End, int SourceStart, int SourceEnd, string Quote, double Support);

[JsonSerializable(typeof(RatingFacts))]
[JsonSerializable(typeof(RatingTexts))]
internal sealed partial class RatingJsonContext : JsonSerializerContext;
