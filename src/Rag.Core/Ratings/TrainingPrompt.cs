using Microsoft.Extensions.AI;
using Rag.Generation.Chat;

namespace Rag.Ratings;

/// <summary>The prompt of a rated answer, as <see cref="Generation.ChatAnswerGenerator"/> sends it.</summary>
public static class TrainingPrompt
{
    /// <summary>What the model is to write where the passages do not answer.</summary>
    public static string Abstention => AnswerPrompt.Abstention;

    /// <summary>The messages that ask the rated answer's question, as it was searched for, over its passages.</summary>
    /// <param name="answer">The rated answer.</param>
    public static IReadOnlyList<ChatMessage> Of(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new AnswerPrompt(answer.Searched, answer.Passages, [], MarkData: false).Messages();
    }
}
