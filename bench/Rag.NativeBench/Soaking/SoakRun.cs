using System.Text;
using Rag.Llama;
using Rag.Llama.Decoding;
using Rag.Llama.Engine;

namespace Rag.NativeBench.Soaking;

/// <summary>What came of a request.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tokens">Its tokens, where they were asked for.</param>
/// <param name="Result">How it ended; <see langword="null"/> where the caller left or was cancelled.</param>
internal sealed record SoakRun(string Text, IReadOnlyList<SampledToken> Tokens, GenerationResult? Result)
{
    /// <summary>Runs it as its caller does; cancellation is what it is about, so it does not throw for it.</summary>
    public static async Task<SoakRun> OfAsync(LlamaEngine engine, SoakRequest soaked)
    {
        using var cancellation = new CancellationTokenSource();
        if (soaked.Leaving == Leaving.BeforeTheStart)
        {
            await cancellation.CancelAsync();
        }
        else if (soaked.Leaving == Leaving.ByTime)
        {
            cancellation.CancelAfter(soaked.LeavesAfter);
        }

        var text = new StringBuilder();
        List<SampledToken> tokens = [];
        var pieces = 0;
        try
        {
            await foreach (var update in engine.GenerateAsync(soaked.Request, cancellation.Token))
            {
                switch (update)
                {
                    case GenerationUpdate.Completed completed:
                        return new(text.ToString(), tokens, completed.Result);
                    case GenerationUpdate.Piece piece:
                        text.Append(piece.Text);
                        tokens.AddRange(piece.Tokens);
                        break;
                }

                if (++pieces == soaked.LeavesAfter && soaked.Leaving == Leaving.ByBreak)
                {
                    return new(text.ToString(), tokens, null);
                }

                if (pieces == soaked.LeavesAfter && soaked.Leaving == Leaving.ByToken)
                {
                    await cancellation.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new(text.ToString(), tokens, null);
        }

        throw new InvalidOperationException("A stream ended without its result and without an exception.");
    }
}
