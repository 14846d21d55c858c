using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using AI = Microsoft.Extensions.AI;

namespace Rag.SemanticKernel;

/// <summary>A chat service for one request, whose calls have the whole names of the tools; streamed calls are held back until they are whole.</summary>
internal sealed class CalledTools(IChatCompletionService service, AI.ChatOptions? options) : IChatCompletionService
{
    private readonly List<Call> _calls = [];

    public IReadOnlyDictionary<string, object?> Attributes => service.Attributes;

    /// <summary>Adds the calls that were held back, and says whether there were any.</summary>
    public bool MoveTo(IList<AI.AIContent> contents)
    {
        foreach (var call in _calls)
        {
            contents.Add(AI.FunctionCallContent.CreateFromParsedArguments(call.Arguments.ToString(), call.Id, call.Name, Parsed));
        }

        var any = _calls.Count > 0;
        _calls.Clear();
        return any;
    }

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        var messages = await service.GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken);
        foreach (var message in messages)
        {
            for (var i = 0; i < message.Items.Count; i++)
            {
                if (message.Items[i] is FunctionCallContent { PluginName: not null } call)
                {
                    message.Items[i] = new FunctionCallContent(Whole(call.PluginName, call.FunctionName), id: call.Id, arguments: call.Arguments) { InnerContent = call.InnerContent, Metadata = call.Metadata };
                }
            }
        }

        return messages;
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var message in service.GetStreamingChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken))
        {
            foreach (var piece in message.Items.OfType<StreamingFunctionCallUpdateContent>().ToList())
            {
                message.Items.Remove(piece);
                Add(piece);
            }

            yield return message;
        }
    }

    // Connectors take a name apart at a sign of their own, and the library gives on the second half only.
    private string Whole(string plugin, string function) => options?.Tools?.Select(tool => tool.Name)
        .FirstOrDefault(name => name.Length == plugin.Length + 1 + function.Length && name.StartsWith(plugin, StringComparison.Ordinal) && name.EndsWith(function, StringComparison.Ordinal)) ?? function;

    private void Add(StreamingFunctionCallUpdateContent piece)
    {
        var call = _calls.FindLast(c => c.Index == piece.FunctionCallIndex);
        if (call is null || (piece.CallId is { Length: > 0 } id && id != call.Id))
        {
            _calls.Add(call = new(piece.FunctionCallIndex, piece.CallId ?? "", piece.Name ?? ""));
        }

        call.Arguments.Append(piece.Arguments);
    }

    private static IDictionary<string, object?>? Parsed(string arguments) =>
        string.IsNullOrWhiteSpace(arguments) ? null : JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments);

    private sealed record Call(int Index, string Id, string Name)
    {
        public StringBuilder Arguments { get; } = new();
    }
}
