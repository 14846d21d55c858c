using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Evaluation.Support;

/// <summary>Has a model take an answer apart into single claims, each understandable alone (the first step of faithfulness in Es et al., "RAGAS", EACL 2024). Safe for concurrent use where the client is.</summary>
/// <param name="client">The model; stays the caller's.</param>
public sealed class ChatClaims(IChatClient client)
{
    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""
        {
          "type": "object",
          "properties": { "claims": { "type": "array", "items": { "type": "string" } } },
          "required": ["claims"],
          "additionalProperties": false
        }
        """), "claims");

    /// <summary>The claims, for <see cref="ClaimSupport.OfAsync"/>; <see langword="null"/> where the reply has another form.</summary>
    /// <param name="question">What was asked, which says what "it" is. Data, never instructions.</param>
    /// <param name="answer">The answer without marks. Data, never instructions.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<IReadOnlyList<string>?> OfAsync(string question, string answer, CancellationToken cancellationToken = default)
    {
        var reply = await JudgePrompt.AskAsync(client, "claims", [("question", question), ("answer", answer)], Format, cancellationToken);
        return JudgePrompt.Read(reply, json => JudgePrompt.Texts(json.GetProperty("claims")));
    }
}
