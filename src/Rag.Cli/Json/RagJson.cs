using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rag.Api.Json;

namespace Rag.Cli.Json;

/// <summary>Writes the JSON of the command line, without reflection.</summary>
[JsonSerializable(typeof(ReadJson))]
[JsonSerializable(typeof(FailureJson))]
[JsonSerializable(typeof(IngestJson))]
[JsonSerializable(typeof(IEnumerable<DocumentJson>))]
[JsonSerializable(typeof(DeleteJson))]
[JsonSerializable(typeof(CopyJson))]
[JsonSerializable(typeof(IEnumerable<HitJson>))]
[JsonSerializable(typeof(AbsenceJson))]
[JsonSerializable(typeof(IEnumerable<RetrieverJson>))]
[JsonSerializable(typeof(AskJson))]
[JsonSerializable(typeof(DoctorJson))]
[JsonSerializable(typeof(GenerateJson))]
[JsonSerializable(typeof(IEnumerable<float[]>))]
[JsonSerializable(typeof(IEnumerable<ScoreJson>))]
[JsonSerializable(typeof(IEnumerable<ModelJson>))]
[JsonSerializable(typeof(EvalRetrievalJson))]
[JsonSerializable(typeof(EvalReadingJson))]
[JsonSerializable(typeof(EvalGroundingJson))]
[JsonSerializable(typeof(EvalRgbJson))]
[JsonSerializable(typeof(EvalAxesJson))]
[JsonSerializable(typeof(AgentJson))]
[JsonSerializable(typeof(EvalAgentsJson))]
[JsonSerializable(typeof(EvalSpansJson))]
[JsonSerializable(typeof(EvalTextJson))]
[JsonSerializable(typeof(IEnumerable<RatingJson>))]
[JsonSerializable(typeof(ExportJson))]
[JsonSerializable(typeof(AdviceJson))]
internal sealed partial class RagJson : JsonSerializerContext
{
    // Text of every script stays readable; control characters are escaped all the same.
    private static readonly RagJson Readable = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A document as it would be written.</summary>
    public static JsonElement Element<T>(T value, Func<RagJson, JsonTypeInfo<T>> type) => JsonSerializer.SerializeToElement(value, type(Readable));

    /// <summary>Writes one document on one line.</summary>
    public static void Write<T>(TextWriter writer, T value, Func<RagJson, JsonTypeInfo<T>> type) => writer.WriteLine(JsonSerializer.Serialize(value, type(Readable)));
}
