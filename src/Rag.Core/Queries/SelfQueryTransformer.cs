using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rag.Queries;

/// <summary>Self-query: has a language model read from the question which documents it is about. Safe for concurrent use where the client is.</summary>
/// <remarks>
/// The model sees the declared fields and the question as data, and writes conditions as JSON. They become a <see cref="Filter"/> that is added to the caller's own, which it
/// cannot widen. A reply with anything that is not declared is refused as a whole, and the question is searched without it.
/// </remarks>
/// <param name="client">The model; stays the caller's.</param>
/// <param name="fields">What may be chosen by; without any, the model is not asked.</param>
public sealed class SelfQueryTransformer(IChatClient client, IReadOnlyList<FilterField> fields) : IQueryTransformer
{
    private const int MaxReplyTokens = 512;

    private static readonly string Instructions = Prompt.Read("self-query");

    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "conditions": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "field": { "type": "string" },
                  "comparison": { "enum": ["=", "!=", "<", "<=", ">", ">="] },
                  "values": { "type": "array", "items": { "type": "string" } }
                },
                "required": ["field", "comparison", "values"],
                "additionalProperties": false
              }
            }
          },
          "required": ["conditions"],
          "additionalProperties": false
        }
        """), "conditions");

    private readonly FilterField[] _fields = [.. fields];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        if (_fields.Length == 0 || string.IsNullOrWhiteSpace(query.Text))
        {
            return [query];
        }

        var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxReplyTokens, ResponseFormat = Format, Reasoning = new() { Effort = ReasoningEffort.None } };
        var reply = await client.GetResponseAsync(Messages(query.Text.Trim()), chat, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return FilterReply.Read(reply.Text, _fields) is { Count: > 0 } conditions ? [query with { Filter = new Filter.And([query.Filter, .. conditions]) }] : [query];
    }

    // Values may come from documents, so they are fenced like the question.
    private ChatMessage[] Messages(string question)
    {
        var declared = _fields.Select(Declared).ToArray();
        var fence = Prompt.Fence([question, .. declared]);
        return
        [
            new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)),
            new(ChatRole.User, $"{fence} fields\n{string.Join('\n', declared)}\n{fence}\n\n{fence} question\n{question}\n{fence}"),
        ];
    }

    private static string Declared(FilterField field) => new JsonObject
    {
        ["field"] = field.Name,
        ["kind"] = field.Kind.ToString(),
        ["description"] = field.Description,
        ["values"] = new JsonArray([.. field.Values.Select(value => JsonValue.Create(value))]),
    }.ToJsonString();
}
