using Rag.Llama.Decoding;

namespace Rag.Llama.Engine;

/// <summary>A whole sampled text, scored by the mean log-probability of its tokens.</summary>
internal sealed record Sample(GeneratedText Text, IReadOnlyList<SampledToken> Tokens, GenerationResult Result)
{
    /// <summary>Reads a generation, which must report log-probabilities, to its end.</summary>
    public static async Task<Sample> ReadAsync(IAsyncEnumerable<GenerationUpdate> updates, CancellationToken cancellationToken)
    {
        var text = "";
        List<SampledToken> tokens = [];
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            switch (update)
            {
                case GenerationUpdate.Piece piece:
                    text += piece.Text;
                    tokens.AddRange(piece.Tokens);
                    break;
                case GenerationUpdate.Completed completed:
                    var sum = tokens.Sum(t => t.LogProbability ?? 0);
                    return new(new(text, sum, tokens.Count == 0 ? double.NegativeInfinity : sum / tokens.Count), tokens, completed.Result);
            }
        }

        throw new InvalidOperationException("A generation ends with its result.");
    }
}
