using Rag.Llama.Decoding;
using Rag.Llama.Engine;

namespace Rag.Llama.Tests.Engine;

/// <summary>Runs of an engine for tests.</summary>
internal static class Runs
{
    /// <summary>Always the likeliest token.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>The whole text of a request and how it ended.</summary>
    public static async Task<(string Text, GenerationResult Result)> RunAsync(this LlamaEngine engine, GenerationRequest request, CancellationToken cancellationToken = default)
    {
        var text = "";
        await foreach (var update in engine.GenerateAsync(request, cancellationToken))
        {
            switch (update)
            {
                case GenerationUpdate.Piece piece:
                    text += piece.Text;
                    break;
                case GenerationUpdate.Completed completed:
                    return (text, completed.Result);
            }
        }

        throw new InvalidOperationException("A generation ends with its result.");
    }

    /// <summary>A greedy request.</summary>
    public static GenerationRequest Request(this LlamaEngine engine, string prompt, int maxTokens = 32) =>
        new(engine.Model.Vocabulary.Tokenize(prompt, addSpecial: true)) { Sampling = Greedy, MaxTokens = maxTokens };
}
