using System.Diagnostics;
using Rag.Llama;
using Rag.Llama.Decoding;
using Rag.Llama.Engine;

namespace Rag.NativeBench;

/// <summary>One request as its caller sees it.</summary>
/// <param name="Result">What the engine says of it.</param>
/// <param name="Milliseconds">From the call to the end.</param>
internal sealed record EngineRun(GenerationResult Result, double Milliseconds)
{
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>From the call to the first token, waiting included.</summary>
    public double FirstTokenMilliseconds => (Result.QueueTime + Result.PromptTime).TotalMilliseconds;

    public double PromptPerSecond => Result.PromptTokens / FirstTokenMilliseconds * 1000;

    /// <summary>Of the tokens behind the first, which belongs to the prompt.</summary>
    public double TokensPerSecond => (Result.Tokens - 1) / (Milliseconds - FirstTokenMilliseconds) * 1000;

    public static async Task<EngineRun> OfAsync(LlamaEngine engine, int[] prompt, int tokens)
    {
        var clock = Stopwatch.StartNew();
        await foreach (var update in engine.GenerateAsync(new(prompt) { Sampling = Greedy, MaxTokens = tokens }))
        {
            if (update is GenerationUpdate.Completed completed)
            {
                return new(completed.Result, clock.Elapsed.TotalMilliseconds);
            }
        }

        throw new InvalidOperationException("A generation ended without its result.");
    }

    /// <summary>The first tokens of a text, by which two engines can be compared.</summary>
    public static async Task<string> TokensAsync(LlamaEngine engine, int[] prompt, int tokens)
    {
        List<int> chosen = [];
        await foreach (var update in engine.GenerateAsync(new(prompt) { Sampling = Greedy, MaxTokens = tokens, Alternatives = 0 }))
        {
            chosen.AddRange(update is GenerationUpdate.Piece piece ? piece.Tokens.Select(t => t.Token) : []);
        }

        return string.Join(' ', chosen);
    }
}
