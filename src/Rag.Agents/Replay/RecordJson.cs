using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Agents.Replay;

/// <summary>The JSON of records.</summary>
internal static class RecordJson
{
    /// <summary>The form of a file: one value a line, so that two files can be compared.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(RecordJsonTypes.Default, AIJsonUtilities.DefaultOptions.TypeInfoResolver),
        Converters =
        {
            new AnyText(), new SpanConverter(), new NumberingConverter(), new BoxesConverter(), new ForeignConverter<ChatMessage>(), new ForeignConverter<ChatOptions>(),
            new JsonStringEnumConverter<RecordedCallKind>(JsonNamingPolicy.SnakeCaseLower), new JsonStringEnumConverter<RecordedOutcome>(JsonNamingPolicy.SnakeCaseLower), new JsonStringEnumConverter<AgentStop>(JsonNamingPolicy.SnakeCaseLower),
        },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true, // what follows from the rest
        MaxDepth = 64,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    /// <summary>The form of a key, and of what is shown of a value.</summary>
    public static JsonSerializerOptions Compact { get; } = new(Options) { WriteIndented = false };

    /// <summary>The form of what models write, which may be cut within a character.</summary>
    public static JsonSerializerOptions Contents { get; } = new(AIJsonUtilities.DefaultOptions) { Converters = { new AnyText() } };

    /// <summary>No value.</summary>
    public static JsonElement Nothing { get; } = JsonElement.Parse("null");

    /// <summary>Arguments in the ordinal order of their names.</summary>
    public static JsonElement Sorted(IEnumerable<KeyValuePair<string, object?>> arguments) =>
        JsonSerializer.SerializeToElement(new SortedDictionary<string, object?>(arguments.ToDictionary(a => a.Key, a => a.Value), StringComparer.Ordinal), AIJsonUtilities.DefaultOptions.Of<IDictionary<string, object?>>());

    /// <summary>The record in a file.</summary>
    /// <exception cref="InvalidDataException">It holds none, or one of another version.</exception>
    public static AgentRecord Read(string path, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number))
            {
                throw new JsonException("it names no version");
            }

            if (number != AgentRecord.CurrentVersion)
            {
                throw new InvalidDataException($"{path} is a record of version {number}, and this program reads version {AgentRecord.CurrentVersion}. Record the run anew, or replay it with the program that wrote it.");
            }

            var record = document.RootElement.Deserialize(Options.Of<AgentRecord>())!;
            return Fault(record) is { } fault ? throw new JsonException(fault) : record;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException or NotSupportedException)
        {
            throw new InvalidDataException($"{path} is no whole record of an agent's run: {e.Message.TrimEnd('.')}. Record the run anew.", e);
        }
    }

    private static string? Fault(AgentRecord record) =>
        record.Run.Steps.Contains(null!) || record.Calls.Contains(null!) ? "it has empty places"
        : record.Run.Steps is not [.., AgentStep.Answered] ? "its steps do not end with an answer"
        : record.Given < 0 || record.Given > GivenSteps.Most(record.Run.Steps) ? $"it says that {record.Given} steps were given"
        : !record.Prompts.Values.Concat(record.Calls.Select(c => c.Request)).Concat(record.Calls.Select(c => c.Reply ?? Nothing)).All(IsText) ? "it holds half a character"
        : record.Calls.Index().FirstOrDefault(c => !IsWhole(c.Item, record)) is { Item: not null } call ? $"its call {call.Index + 1} is not whole"
        : null;

    private static bool IsWhole(RecordedCall call, AgentRecord record) =>
        (call.Reply is not null || call.Outcome != RecordedOutcome.Completed || call.Kind is RecordedCallKind.Tool or RecordedCallKind.Agent)
        && (call.Outcome != RecordedOutcome.LeftOut || record.Calls.Any(c => c.Kind == RecordedCallKind.Chat && c.Outcome is (RecordedOutcome.Completed or RecordedOutcome.Failed) && ChatRequest.KeyOf(c) == ChatRequest.KeyOf(call)))
        && call.Passages.All(p => p is { Chunk.Id: not null })
        && (call.Kind != RecordedCallKind.Chat || (record.Prompts.ContainsKey(ChatRequest.KeyOf(call)) && ChatRequest.SeedOf(call) >= long.MinValue && (call.Reply is not { } reply || ChatReply.Updates(reply).All(u => u.Contents is not null))));

    // Half a surrogate pair can be written as an escape in JSON, and cannot be read.
    private static bool IsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsText),
        JsonValueKind.String => value.GetString() is not null,
        _ => true,
    };

    private sealed class SpanConverter : JsonConverter<TextSpan>
    {
        public override TextSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, RecordJsonTypes.Default.Int32Array) is [var start, var end] ? new(start, end) : throw new JsonException("a span is not [start, end]");

        public override void Write(Utf8JsonWriter writer, TextSpan value, JsonSerializerOptions options) => writer.WriteRawValue($"[{value.Start}, {value.End}]");
    }

    private sealed class NumberingConverter : JsonConverter<Numbering>
    {
        public override Numbering? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Layout(LayoutCodec.DecodeNumbering, reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, Numbering value, JsonSerializerOptions options) => writer.WriteBase64StringValue(LayoutCodec.Encode(value));
    }

    private sealed class BoxesConverter : JsonConverter<WordBoxes>
    {
        public override WordBoxes? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Layout(Decode, reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, WordBoxes value, JsonSerializerOptions options) => writer.WriteBase64StringValue(LayoutCodec.Encode(value));

        private static WordBoxes Decode(byte[] bytes)
        {
            List<WordBox> words = [];
            LayoutCodec.DecodeBoxes(bytes, new(0, int.MaxValue), words);
            return new(words);
        }
    }

    private static T Layout<T>(Func<byte[], T> decode, byte[] bytes)
    {
        try
        {
            return decode(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <summary>What Microsoft.Extensions.AI has a form for.</summary>
    private sealed class ForeignConverter<T> : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, AIJsonUtilities.DefaultOptions.Of<T>());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, AIJsonUtilities.DefaultOptions.Of<T>());
    }
}

[JsonSerializable(typeof(AgentRecord))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class RecordJsonTypes : JsonSerializerContext;
