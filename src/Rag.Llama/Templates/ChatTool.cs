using System.Text.Json;

namespace Rag.Llama.Templates;

/// <summary>A function that the model may ask for.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>, as models are trained on.</param>
/// <param name="Description">What it does and when to call it, for the model.</param>
/// <param name="Parameters">JSON schema of the arguments; of type object.</param>
public sealed record ChatTool(string Name, string Description, JsonElement Parameters);

/// <summary>A call that the model asked for.</summary>
/// <param name="Id">Joins the call with its result; empty where the model's format has none.</param>
/// <param name="Name">Of the tool.</param>
/// <param name="Arguments">A JSON object.</param>
public sealed record ChatToolCall(string Id, string Name, JsonElement Arguments);
