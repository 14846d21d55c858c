using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Rag.Generation.Chat;

namespace Rag.Ratings;

/// <summary>The prompt of a rated answer, as <see cref="Generation.ChatAnswerGenerator"/> sends it.</summary>
public static class TrainingPrompt
{
    /// <summary>Eight hexadecimal digits that change when the instructions do.</summary>
    public static string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AnswerPrompt.Messages("", [])[0].Text)))[..8];

    /// <summary>What the model is to write where the passages do not answer.</summary>
    public static string Abstention => AnswerPrompt.Abstention;

    /// <summary>The messages that ask the rated answer's question over its passages.</summary>
    /// <param name="answer">The rated answer.</param>
    public static IReadOnlyList<ChatMessage> Of(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return AnswerPrompt.Messages(answer.Question, answer.Passages);
    }
}
