using System.Collections.ObjectModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rag.Evaluation.Results;

/// <summary>Reads and writes results as JSON Lines, one run a line: <c>{collection, name, queries: [{id, text, values: {measure: value}}], means, precisionAtRecall, settings, version, cost}</c>; queries of answers also have <c>confidence</c> and <c>isRight</c>.</summary>
public static class ResultsFile
{
    /// <summary>Writes runs.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static Task WriteAsync(string path, IEnumerable<RunResult> runs, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(runs);
        return File.WriteAllLinesAsync(path, runs.Select(r => JsonSerializer.Serialize(r, ResultsJson.Readable.RunResult)), cancellationToken);
    }

    /// <summary>Reads runs. Means in the file do not count, they are computed from the queries; empty lines are left out.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">A line is no run in this form, has no query, or one twice.</exception>
    public static async Task<IReadOnlyList<RunResult>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<RunResult> runs = [];
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                runs.Add(Parse(path, number, line));
            }
        }

        return runs;
    }

    private static RunResult Parse(string path, int number, string line)
    {
        Line run;
        try
        {
            run = JsonSerializer.Deserialize(line, ResultsJson.Readable.Line) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new EvaluationFileException(path, number, "this is no run as 'rag eval' writes it with --out, one JSON object with collection, name and queries on each line");
        }

        return FaultOf(run) is { } fault
            ? throw new EvaluationFileException(path, number, $"the run '{run.Name}' {fault}")
            : new(run.Collection, run.Name, [.. run.Queries.OrderBy(q => q.Id, StringComparer.Ordinal)])
            {
                PrecisionAtRecall = run.PrecisionAtRecall ?? [],
                Settings = run.Settings ?? ReadOnlyDictionary<string, string>.Empty,
                Version = run.Version,
                Cost = run.Cost,
            };
    }

    private static string? FaultOf(Line run)
    {
        if (run.Queries.All(q => q.Values.Count == 0))
        {
            return run.Queries.Count == 0 ? "has no queries" : "has no value of any measure";
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        return run.Queries.FirstOrDefault(q => !seen.Add(q.Id)) is { } twice ? $"has the query '{twice.Id}' twice"
            : run.Queries.FirstOrDefault(q => !q.Values.Values.All(double.IsFinite)) is { } endless ? $"has a value for the query '{endless.Id}' that is too large for a number"
            : run.PrecisionAtRecall is { Count: not (0 or RunResult.RecallPoints) } curve ? $"has precision at {curve.Count} recalls where {RunResult.RecallPoints} are expected"
            : null;
    }

    internal sealed record Line(string Collection, string Name, IReadOnlyList<QueryResult> Queries, IReadOnlyList<double>? PrecisionAtRecall = null, RunCost? Cost = null)
    {
        public IReadOnlyDictionary<string, string>? Settings { get; init; }

        public string? Version { get; init; }
    }
}

/// <summary>The JSON of results, without reflection. A missing or null field is an error, not an empty value.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ResultsFile.Line))]
internal sealed partial class ResultsJson : JsonSerializerContext
{
    // Text of every script stays readable; control characters are escaped all the same.
    public static ResultsJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
