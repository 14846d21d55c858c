using Microsoft.Extensions.AI;

namespace Rag.Generation;

/// <summary>What one question asks for beyond what the pipeline was made with.</summary>
public sealed record AskOptions
{
    /// <summary>
    /// How a language model writes: temperature, seed, and what a provider takes through <see cref="ChatOptions.RawRepresentationFactory"/>, such as LoRA adapters of a local model.
    /// What it leaves unset is the generator's choice. A generator without a model takes no notice. Default <see langword="null"/>.
    /// </summary>
    public ChatOptions? Chat { get; init; }

    /// <summary>What this question may spend, in place of <see cref="RagPipelineOptions.Budget"/>. Default <see langword="null"/>: that one.</summary>
    public Budget? Budget { get; init; }

    /// <summary>
    /// Passages that earlier answers were given, under their numbers. One that is found again, the same words of the same chunk, keeps its number, so that marks
    /// mean the same throughout a conversation; the others are numbered on behind the highest of these. Default none.
    /// </summary>
    public IReadOnlyList<Passage> Known { get; init; } = [];

    /// <summary>
    /// Questions that were answered well. A language model is shown those most like this one, as many as <see cref="ChatAnswerOptions.MaxExampleTokens"/> takes. Of documents the asker may see:
    /// they are sent to the model, whatever the query's tenant and filter. Default none.
    /// </summary>
    public IReadOnlyList<AnswerExample> Examples { get; init; } = [];

    /// <summary>What the request has used before, which counts against <see cref="Budget"/>; the pipeline says so when an answer is written again. Default: nothing.</summary>
    public TokenUsage Used { get; init; } = new();
}
