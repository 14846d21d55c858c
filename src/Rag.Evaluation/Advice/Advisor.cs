using System.Globalization;

namespace Rag.Evaluation.Advice;

/// <summary>How a model comes to know documents.</summary>
public enum Approach
{
    /// <summary>Passages are found for each question.</summary>
    Retrieve,

    /// <summary>All documents stand in every prompt.</summary>
    Prompt,

    /// <summary>Passages are found, and a model whose manner was trained writes from them.</summary>
    RetrieveAndTune,
}

/// <summary>One figure, what follows from it, and why.</summary>
/// <param name="Figure">What was measured or said.</param>
/// <param name="Consequence">What follows.</param>
public sealed record Reason(string Figure, string Consequence);

/// <summary>What to do, and the reasons in the order in which they were weighed.</summary>
/// <param name="Approach">The decision.</param>
/// <param name="Reasons">One for each figure.</param>
public sealed record Advice(Approach Approach, IReadOnlyList<Reason> Reasons);

/// <summary>Says when to retrieve, when to put everything into the prompt and when to train besides. docs/how-to/fine-tune-or-retrieve.md has the evidence for each rule.</summary>
/// <remarks>
/// Training alone is never advised for facts: a trained model cannot say where it has them from, does not forget a deleted document, and takes up facts worse than it reads them
/// (Ovadia et al., "Fine-tuning or retrieval? Comparing knowledge injection in LLMs", EMNLP 2024).
/// </remarks>
public static class Advisor
{
    /// <summary>Share of a window that documents may take, so that question, instructions and answer have room and the middle is not overlooked.</summary>
    public const double ShareOfWindow = 0.5;

    /// <summary>Rated answers from which training on preferences is worth a try; below, the best of them are shown as examples.</summary>
    public const int EnoughExamples = 500;

    // finding passages is noticed from a fifth of the time on
    private const double ShareOfTime = 0.2;

    /// <summary>The advice for a situation; the same situation gives the same advice.</summary>
    public static Advice Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var s = situation;
        var fits = s.Documents > 0 && s.Tokens <= s.Window * ShareOfWindow;
        var dearer = s.WholeCost > s.RetrievalCost;
        List<Reason> reasons =
        [
            new(
                Text($"{s.Documents:N0} documents with {s.Tokens:N0} tokens, a window of {s.Window:N0}"),
                fits ? "All of it fits into half of the window: every question could be asked of the whole." : "It does not fit into half of the window: passages must be chosen."),
            new(
                s.Churn is { } churn ? Text($"{churn:P0} of the documents change in a month") : "How many documents change is not known",
                s.Churn is 0 ? "Documents that never change could be trained on, but a model that was cannot cite them." : "What changes must be read when it is asked about: training would have to be repeated, and a deleted document would stay in the model."),
            new(
                Text($"passages are found in {s.RetrievalMs:0.#} ms{(s.LatencyMs is { } most ? $", an answer may take {most:0.#}" : "")}"),
                s.LatencyMs is { } wanted && s.RetrievalMs > wanted * ShareOfTime ? "Finding them is a good part of the time: use a smaller --top, no re-ranker, or a faster disk." : "Finding them is not what takes the time."),
        ];
        if (s.PriceIn > 0)
        {
            reasons.Add(new(
                Text($"reading costs {s.RetrievalCost:0.##} a month with passages, {s.WholeCost:0.##} with everything, for {s.Questions:N0} questions"),
                dearer ? "Passages are cheaper." : "There is no difference."));
        }

        if (s.Manner)
        {
            reasons.Add(new(
                Text($"the manner of the answers is what is wanting; {s.Examples:N0} rated answers are there"),
                s.Examples >= EnoughExamples ? "That can be trained: rag feedback export --format dpo, and the adapter with rag ask --lora." : Text($"Show the best of them first (rag feedback export --format examples, rag ask --examples); train from about {EnoughExamples:N0} on.")));
        }

        return new(s.Manner && s.Examples >= EnoughExamples ? Approach.RetrieveAndTune : fits && !(s.PriceIn > 0 && dearer) ? Approach.Prompt : Approach.Retrieve, reasons);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
