using System.Threading.Channels;
using LLama;
using LLama.Batched;
using LLama.Native;
using LLama.Sampling;
using Microsoft.Extensions.AI;

namespace Rag.LLamaSharp;

/// <summary>One request on its way through the batches. The loop works on it; the caller reads its text, and what came of it once that ends.</summary>
internal sealed class Generation(LLamaToken[] prompt, int maxTokens, IReadOnlyList<string> stops, ISamplingPipeline pipeline, StreamingTokenDecoder decoder)
{
    private readonly Channel<string> _text = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly StopText _stop = new(stops);
    private ReadOnlyMemory<LLamaToken> _ahead = prompt;
    private Conversation? _conversation;
    private volatile bool _abandoned;

    public ChannelReader<string> Text => _text.Reader;

    public int PromptTokens => prompt.Length;

    /// <summary>Tokens that were written, without the one that ends the answer.</summary>
    public int Tokens { get; private set; }

    public ChatFinishReason? FinishReason { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>The caller has gone; the loop takes it out before the next step.</summary>
    public bool Abandoned
    {
        get => _abandoned;
        set => _abandoned = value;
    }

    /// <summary>Puts into the next batch what there is room for.</summary>
    public void Queue(BatchedExecutor executor)
    {
        var count = Math.Min((int)executor.Context.BatchSize - executor.BatchedTokenCount, _ahead.Length);
        if (count > 0)
        {
            _conversation ??= executor.Create();
            _conversation.Prompt(_ahead.Span[..count]);
            _ahead = _ahead[count..];
        }
    }

    /// <summary>Chooses the next token, once the prompt has been read.</summary>
    public void Sample(LLamaContext context)
    {
        if (_ahead.Length > 0)
        {
            return;
        }

        var token = pipeline.Sample(context.NativeHandle, _conversation!.GetSampleIndex());
        if (token.IsEndOfGeneration(context.Vocab))
        {
            Finish(ChatFinishReason.Stop);
            return;
        }

        Tokens++;
        decoder.Add(token);
        Write(_stop.Push(decoder.Read()));
        if (_stop.Found || Tokens == maxTokens)
        {
            Finish(_stop.Found ? ChatFinishReason.Stop : ChatFinishReason.Length);
        }

        _ahead = new[] { token };
    }

    /// <summary>Frees its place in the context and tells the caller.</summary>
    public void End(Exception? error = null)
    {
        if (!HasEnded)
        {
            HasEnded = true;
            _text.Writer.TryComplete(error);
            _conversation?.Dispose();
            pipeline.Dispose();
        }
    }

    private void Finish(ChatFinishReason reason)
    {
        FinishReason = reason;
        Write(_stop.Flush());
        End();
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            _text.Writer.TryWrite(text);
        }
    }
}
