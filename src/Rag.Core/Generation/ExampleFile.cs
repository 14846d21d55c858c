using System.Text.Json;
using System.Text.Json.Serialization;
using Rag.Citations;

namespace Rag.Generation;

/// <summary>Reads examples from JSON Lines: <c>{"question":"...","passages":[{"title":"...","text":"..."}],"answer":"... [1]"}</c>, one a line; blank lines are skipped.</summary>
public static class ExampleFile
{
    /// <summary>The examples in a file, in its order.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FormatException">A line is no example, or its answer has no mark of one of its passages; the message says which line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<AnswerExample>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var examples = new List<AnswerExample>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                var example = Parse(line, $"Line {number} of '{path}'");
                Check(example, $"Line {number} of '{path}'");
                examples.Add(example);
            }
        }

        return examples;
    }

    private static AnswerExample Parse(string line, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ExampleJson.Default.AnswerExample) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{place} is no example: {e.Message.Split(" Path:")[0]} Write {{\"question\":\"...\",\"passages\":[{{\"title\":\"...\",\"text\":\"...\"}}],\"answer\":\"... [1]\"}} on one line.", e);
        }
    }

    private static void Check(AnswerExample example, string place)
    {
        if (string.IsNullOrWhiteSpace(example.Question) || example.Passages.Count == 0)
        {
            throw new FormatException($"{place} has {(example.Passages.Count == 0 ? "no passage" : "an empty question")}. Give a question and the passages that it was answered from.");
        }

        var numbers = CitationMark.Parse(example.Answer).SelectMany(mark => mark.Numbers).ToList();
        if (example.Answer.Trim() != ChatAnswerGenerator.Abstention && (numbers.Count == 0 || numbers.Exists(n => n < 1 || n > example.Passages.Count)))
        {
            throw new FormatException($"{place} has an answer with {(numbers.Count == 0 ? "no mark" : $"the marks {string.Join(", ", numbers)}")}, and {example.Passages.Count} passages. Behind each sentence put the number of its passage, such as [1], or write {ChatAnswerGenerator.Abstention} alone.");
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AnswerExample))]
internal sealed partial class ExampleJson : JsonSerializerContext;
