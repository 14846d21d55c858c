using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents.Loop;

namespace Rag.Agents.Replay;

/// <summary>A tool on a tape. An agent as a tool runs as ever; its own calls are on the tape.</summary>
internal sealed class RecordedTool(AIFunction tool, string agent, Tape tape) : DelegatingAIFunction(tool)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var context = AgentContext.Of(arguments);
        var isAgent = GetService(typeof(AgentTool)) is not null;
        var call = new RecordedCall(isAgent ? RecordedCallKind.Agent : RecordedCallKind.Tool, agent, Name, RecordJson.Sorted(arguments));
        var reply = isAgent ? await tape.AgentAsync(call, context, () => CallAsync(cancellationToken), cancellationToken) : await tape.CallAsync(call, null, context, CallAsync, cancellationToken);
        return reply.ValueKind == JsonValueKind.String ? reply.Deserialize(RecordJson.Contents.Of<string>()) : reply;

        async Task<JsonElement> CallAsync(CancellationToken token) => await base.InvokeCoreAsync(arguments, token) switch
        {
            string text => Text(text),
            TextContent content => Text(content.Text),
            JsonElement { ValueKind: JsonValueKind.String } text => Text(text.GetString()!),
            var result => JsonSerializer.SerializeToElement(result, AIJsonUtilities.DefaultOptions.Of<object?>()),
        };
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, RecordJson.Contents.Of<string>());
}
