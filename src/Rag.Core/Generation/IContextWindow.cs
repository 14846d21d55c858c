using Microsoft.Extensions.AI;

namespace Rag.Generation;

/// <summary>How much a model can read, counted as it counts itself. A chat client that knows gives it as a service: <c>client.GetService&lt;IContextWindow&gt;()</c>.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IContextWindow
{
    /// <summary>Tokens of prompt and answer together.</summary>
    int Tokens { get; }

    /// <summary>The tokens of a conversation as it would be sent, the chat template's own included.</summary>
    int Count(IEnumerable<ChatMessage> messages, ChatOptions? options = null);
}
