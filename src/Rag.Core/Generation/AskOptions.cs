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
}
