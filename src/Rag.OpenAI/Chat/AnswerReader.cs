using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.OpenAI.Transport;

namespace Rag.OpenAI.Chat;

/// <summary>Reads one answer, chunk by chunk. A whole completion, from a server that does not stream, is one chunk.</summary>
internal sealed class AnswerReader(string model, Failures failures)
{
    private readonly CallAssembly _calls = new();
    private string? _id;
    private string? _model;
    private UsageDetails? _usage;
    private ChatFinishReason? _finish;

    /// <summary>What a chunk adds to the answer; <see langword="null"/> for nothing that can be shown yet.</summary>
    /// <exception cref="OpenAIException">It is no chunk, or says that the server has given up.</exception>
    public ChatResponseUpdate? Read(string chunk) => failures.Reading(chunk, Read);

    /// <summary>The end: tool calls, tokens, and why it ended.</summary>
    /// <param name="isSaidToEnd">Whether the server said that there is no more.</param>
    /// <exception cref="OpenAIException">The answer is not whole.</exception>
    public ChatResponseUpdate End(bool isSaidToEnd)
    {
        if (_finish is null && !isSaidToEnd)
        {
            throw failures.EndedEarly();
        }

        var calls = _calls.Finish();
        List<AIContent> contents = [.. calls];
        if (_usage is not null)
        {
            contents.Add(new UsageContent(_usage));
        }

        // Ollama says 'stop' after calls.
        var finish = calls.Count > 0 && (_finish is null || _finish == ChatFinishReason.Stop) ? ChatFinishReason.ToolCalls : _finish;
        return Update(contents, null, finish);
    }

    private ChatResponseUpdate? Read(JsonElement chunk)
    {
        if (chunk.Find("error") is { } error)
        {
            throw failures.GaveUp(error);
        }

        _id ??= chunk.Find("id")?.GetString();
        _model ??= chunk.Find("model")?.GetString();
        _usage = chunk.Find("usage") is { } usage ? UsageOf(usage) : _usage;
        var contents = new List<AIContent>();
        // Only the first choice is asked for. A chunk without any brings the usage, or is a server's greeting.
        foreach (var choice in chunk.Find("choices")?.EnumerateArray().Take(1) ?? [])
        {
            _finish = choice.Find("finish_reason")?.GetString() is { Length: > 0 } reason ? new(reason) : _finish;
            if ((choice.Find("delta") ?? choice.Find("message")) is { } delta)
            {
                contents.AddRange(ContentsOf(delta));
            }
        }

        return contents.Count > 0 ? Update(contents, chunk, null) : null;
    }

    private IEnumerable<AIContent> ContentsOf(JsonElement delta)
    {
        // 'reasoning_content' with llama-server, vLLM and DeepSeek; 'reasoning' with Ollama, newer vLLM and OpenRouter
        if ((delta.Find("reasoning_content") ?? delta.Find("reasoning"))?.GetString() is { Length: > 0 } thought)
        {
            yield return new TextReasoningContent(thought);
        }

        if (delta.Find("content")?.GetString() is { Length: > 0 } text)
        {
            yield return new TextContent(text);
        }

        if (delta.Find("refusal")?.GetString() is { Length: > 0 } refusal)
        {
            yield return new ErrorContent(refusal) { ErrorCode = "refusal" };
        }

        foreach (var piece in delta.Find("tool_calls")?.EnumerateArray() ?? [])
        {
            _calls.Add(piece);
        }
    }

    private ChatResponseUpdate Update(List<AIContent> contents, object? source, ChatFinishReason? finish)
    {
        _id ??= Guid.NewGuid().ToString("N");
        return new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model ?? model, FinishReason = finish, RawRepresentation = source };
    }

    private static UsageDetails UsageOf(JsonElement usage)
    {
        var (input, output) = (usage.Find("prompt_tokens")?.GetInt64(), usage.Find("completion_tokens")?.GetInt64());
        return new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = usage.Find("total_tokens")?.GetInt64() ?? input + output,
            CachedInputTokenCount = usage.Find("prompt_tokens_details")?.Find("cached_tokens")?.GetInt64(),
            ReasoningTokenCount = usage.Find("completion_tokens_details")?.Find("reasoning_tokens")?.GetInt64(),
        };
    }
}
