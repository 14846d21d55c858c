using Microsoft.Extensions.AI;

namespace Rag.Ratings;

/// <summary>A text that a person liked or disliked as an answer to a question over passages.</summary>
/// <param name="RatingId">The <see cref="Rating.Id"/> it comes from.</param>
/// <param name="Asked">Question and passages, as in <see cref="Rating.Answer"/>.</param>
/// <param name="Text">The answer with its marks; empty where the question was, or should have been, left unanswered.</param>
/// <param name="Liked">Whether the person wants such answers.</param>
/// <param name="Citations">Of a liked text, what backs it; empty for a disliked one.</param>
/// <param name="Supported">Of a liked text, whether the passages say every sentence of it; a text that abstains says nothing to support.</param>
public sealed record JudgedAnswer(string RatingId, Answer Asked, string Text, bool Liked, IReadOnlyList<Citation> Citations, bool Supported)
{
    /// <summary>What a model is to write, or not to write: the text, or <see cref="TrainingPrompt.Abstention"/>.</summary>
    public string Completion => Text.Length == 0 ? TrainingPrompt.Abstention : Text;

    /// <summary>The messages that the text replies to.</summary>
    public IReadOnlyList<ChatMessage> Prompt => TrainingPrompt.Of(Asked);

    /// <summary>The same for the same prompt, different for different ones.</summary>
    public string PromptText => string.Join('\0', Prompt.Select(m => m.Text));
}

/// <summary>Two answers to the same prompt of which one was preferred.</summary>
/// <param name="Chosen">The better one; liked.</param>
/// <param name="Rejected">The other.</param>
public sealed record PreferencePair(JudgedAnswer Chosen, JudgedAnswer Rejected);
