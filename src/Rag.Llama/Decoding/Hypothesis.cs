namespace Rag.Llama.Decoding;

/// <summary>A text that was decoded, as tokens.</summary>
/// <param name="Tokens">Ids in order, without the prompt, with the end token if one came.</param>
/// <param name="LogProbability">Sum of the tokens' natural log-probabilities under the model, at most 0.</param>
/// <param name="Score">What hypotheses are ranked by, higher is better: the sum over tokens^alpha from a beam search, the mean from sampling.</param>
/// <param name="Finished">Whether it came to an end by itself, rather than at the limit.</param>
public sealed record Hypothesis(IReadOnlyList<int> Tokens, double LogProbability, double Score, bool Finished);
