using System.Numerics.Tensors;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Evaluation.Support;

/// <summary>
/// Answer relevance by a model: it writes questions that the answer would answer, and they are compared with the one that was asked (Es et al., "RAGAS", EACL 2024, answer relevance;
/// three questions as published, here from one reply at temperature 0 rather than three). Safe for concurrent use where client and embeddings are.
/// </summary>
/// <param name="client">Writes the questions; stays the caller's.</param>
/// <param name="embeddings">Compares them; stays the caller's.</param>
public sealed class ChatQuestionRelevance(IChatClient client, IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    private const int Questions = 3;

    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "evasive": { "type": "boolean" },
            "questions": { "type": "array", "items": { "type": "string" }, "minItems": 3, "maxItems": 3 }
          },
          "required": ["evasive", "questions"],
          "additionalProperties": false
        }
        """), "questions");

    /// <summary>Mean cosine of the asked question and those written from the answer, -1 to 1; 0 where the model calls the answer evasive; <see langword="null"/> where its reply has another form, so that nothing is known.</summary>
    /// <param name="question">What was asked. Not shown to the model.</param>
    /// <param name="answer">The answer without marks. Data, never instructions.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<double?> OfAsync(string question, string answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var reply = await JudgePrompt.AskAsync(client, "questions-back", [("answer", answer)], Format, cancellationToken);
        if (JudgePrompt.Read(reply, json => (Evasive: json.GetProperty("evasive").GetBoolean(), Written: JudgePrompt.Texts(json.GetProperty("questions")))) is not { Written.Count: Questions } read)
        {
            return null;
        }

        if (read.Evasive)
        {
            return 0;
        }

        var vectors = await embeddings.GenerateAsync([question, .. read.Written], cancellationToken: cancellationToken);
        return vectors.Skip(1).Average(v => (double)TensorPrimitives.CosineSimilarity(vectors[0].Vector.Span, v.Vector.Span));
    }
}
