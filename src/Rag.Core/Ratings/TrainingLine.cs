using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rag.Ratings;

/// <summary>
/// What was learnt from ratings as lines of JSON that trainers read: the conversational preference and unpaired preference formats of TRL (huggingface.co/docs/trl/dataset_formats),
/// and examples for a prompt. Each line is one JSON object without a line break.
/// </summary>
public static class TrainingLine
{
    // Every script stays readable; quotes and control characters are escaped all the same.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A pair for direct preference optimisation (Rafailov et al., 2023): <c>{prompt, chosen, rejected}</c>, each a list of <c>{role, content}</c>.</summary>
    /// <param name="pair">The pair.</param>
    public static string Dpo(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return Line(new() { ["prompt"] = Messages(pair.Chosen.Prompt), ["chosen"] = Reply(pair.Chosen), ["rejected"] = Reply(pair.Rejected) });
    }

    /// <summary>An answer for Kahneman-Tversky optimisation (Ethayarajh et al., 2024): <c>{prompt, completion, label}</c>, the first two lists of <c>{role, content}</c>, the label true for a liked answer.</summary>
    /// <param name="answer">The answer.</param>
    public static string Kto(JudgedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Line(new() { ["prompt"] = Messages(answer.Prompt), ["completion"] = Reply(answer), ["label"] = answer.Liked });
    }

    /// <summary>An example for a prompt: <c>{question, passages[].{title, text}, answer}</c>.</summary>
    /// <param name="answer">A liked answer.</param>
    public static string Example(JudgedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var passages = answer.Asked.Passages.Select(p => new JsonObject { ["title"] = p.Chunk.Title, ["text"] = p.Chunk.Text });
        return Line(new() { ["question"] = answer.Asked.Searched, ["passages"] = new JsonArray([.. passages]), ["answer"] = answer.Completion });
    }

    private static JsonArray Reply(JudgedAnswer answer) => Messages([new(ChatRole.Assistant, answer.Completion)]);

    private static JsonArray Messages(IReadOnlyList<ChatMessage> messages) =>
        new([.. messages.Select(m => new JsonObject { ["role"] = m.Role.Value, ["content"] = m.Text })]);

    private static string Line(JsonObject line) => line.ToJsonString(Readable);
}
