namespace Rag.Citations;

/// <summary>What supports a sentence.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Quotes">The quotes with their support; none when the sentence is unsupported.</param>
/// <param name="Problem">Why it is unsupported, in one sentence; <see langword="null"/> where it is supported.</param>
/// <param name="Conflicts">Quotes of other passages that say something else of the same thing.</param>
internal sealed record SentenceSupport(double Score, IReadOnlyList<(Evidence Quote, double Score)> Quotes, string? Problem, IReadOnlyList<Support> Conflicts);
