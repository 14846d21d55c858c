using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>An answer as JSON. What follows from its text and passages, such as a quote, is not written: it is read from them again, and so always verbatim.</summary>
internal sealed record StoredAnswer(string Question, string Searched, string Text, IReadOnlyList<StoredAnswer.Given> Passages)
{
    private static readonly StoredAnswerJson Json = new(new()
    {
        Converters = { new AnyText() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });

    // settable, so that what an older answer lacks keeps its default: code made at build time gives every 'init' a value
    public IReadOnlyList<Sentence> Sentences { get; set; } = [];

    public IReadOnlyList<Cited> Citations { get; set; } = [];

    public IReadOnlyList<Conflict> Conflicts { get; set; } = [];

    public string? Reason { get; init; }

    public double? Confidence { get; init; }

    public TokenUsage Usage { get; set; } = new();

    public AnswerTimings Timings { get; set; } = new(default, default, default, default);

    public static string Write(Answer answer) => JsonSerializer.Serialize(
        new StoredAnswer(answer.Question, answer.Searched, answer.Text, [.. answer.Passages.Select(Given.Of)])
        {
            Sentences = [.. answer.Sentences.Select(s => new Sentence(s.Span.Start, s.Span.End, s.Supported, s.Support, s.Citations, s.Problem))],
            Citations = [.. answer.Citations.Select(c => new Cited(c.Number, c.Mark.Start, c.Mark.End, c.Source.Start, c.Source.End, c.Support))],
            Conflicts = [.. answer.Conflicts.Select(c => new Conflict(c.Number, c.Sentence.Start, c.Sentence.End, c.Source.Start, c.Source.End))],
            Reason = answer.Reason,
            Confidence = answer.Confidence,
            Usage = answer.Usage,
            Timings = answer.Timings,
        },
        Json.StoredAnswer);

    /// <exception cref="InvalidDataException">A place lies outside of its text, or a number is none of a passage.</exception>
    public static Answer Read(string json)
    {
        var stored = JsonSerializer.Deserialize(json, Json.StoredAnswer) ?? throw new InvalidDataException("an answer is empty");
        try
        {
            return stored.Restored();
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException)
        {
            throw new InvalidDataException($"an answer is not what was stored: {e.Message}", e);
        }
    }

    private Answer Restored()
    {
        var passages = Passages.Select(p => p.Restored()).ToList();
        var chunks = passages.ToDictionary(p => p.Number, p => p.Chunk);
        return new(Question, Text)
        {
            Searched = Searched,
            Passages = passages,
            Sentences = [.. Sentences.Select(s => new AnswerSentence(new(s.Start, s.End), s.Supported, s.Support, s.Citations) { Problem = s.Problem })],
            Citations = [.. Citations.Select(c => new Citation(c.Number, new(c.Start, c.End), chunks[c.Number], new(c.From, c.To), Quote(chunks[c.Number], c.From, c.To), c.Support))],
            Conflicts = [.. Conflicts.Select(c => new SourceConflict(new(c.Start, c.End), c.Number, chunks[c.Number], new(c.From, c.To), Quote(chunks[c.Number], c.From, c.To)))],
            Abstained = Reason is not null,
            Reason = Reason,
            Confidence = Confidence,
            Usage = Usage,
            Timings = Timings,
        };
    }

    private static string Quote(Chunk chunk, int from, int to) => new TextSpan(from - chunk.Span.Start, to - chunk.Span.Start).Of(chunk.Text);

    internal sealed record Sentence(int Start, int End, bool Supported, double Support, IReadOnlyList<int> Citations, string? Problem);

    internal sealed record Cited(int Number, int Start, int End, int From, int To, double Support);

    internal sealed record Conflict(int Number, int Start, int End, int From, int To);

    internal sealed record Given(int Number, double Score, string Id, string DocumentId, string Text, int Start)
    {
        public string? Context { get; init; }

        public string? Title { get; init; }

        public string? Path { get; init; }

        public string? Language { get; init; }

        public byte[]? Pages { get; init; }

        public byte[]? Lines { get; init; }

        public byte[]? Boxes { get; init; }

        public IReadOnlyDictionary<string, string>? Tags { get; init; }

        public static Given Of(Passage passage)
        {
            var chunk = passage.Chunk;
            return new(passage.Number, passage.Score, chunk.Id, chunk.DocumentId, chunk.Text, chunk.Span.Start)
            {
                Context = chunk.Context,
                Title = chunk.Title,
                Path = chunk.Path,
                Language = chunk.Language,
                Pages = LayoutCodec.Encode(chunk.Pages),
                Lines = LayoutCodec.Encode(chunk.Lines),
                Boxes = LayoutCodec.Encode(chunk.Boxes),
                Tags = chunk.Tags,
            };
        }

        public Passage Restored()
        {
            var span = new TextSpan(Start, Start + Text.Length);
            List<WordBox>? words = null;
            if (Boxes is not null)
            {
                LayoutCodec.DecodeBoxes(Boxes, span, words = []);
            }

            return new(
                Number,
                new(Id, DocumentId, Text, span)
                {
                    Context = Context ?? "",
                    Title = Title ?? "",
                    Path = Path,
                    Language = Language,
                    Pages = LayoutCodec.DecodeNumbering(Pages),
                    Lines = LayoutCodec.DecodeNumbering(Lines),
                    Boxes = words is null ? null : new(words),
                    Tags = Tags ?? new Dictionary<string, string>(),
                },
                Score);
        }
    }
}

[JsonSerializable(typeof(StoredAnswer))]
internal sealed partial class StoredAnswerJson : JsonSerializerContext;
