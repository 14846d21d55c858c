using System.Text;
using Microsoft.Extensions.AI;

namespace Rag.Generation.Chat;

/// <summary>What a model is told to write an answer: instructions, then the passages between fences, then the question.</summary>
internal static class AnswerPrompt
{
    /// <summary>What the model writes where the passages do not answer.</summary>
    public const string Abstention = "UNANSWERABLE";

    private static readonly string Instructions = Prompt.Read("answer").Replace("{abstention}", Abstention, StringComparison.Ordinal);

    /// <summary>The conversation to send. The same question and passages give the same text.</summary>
    public static IReadOnlyList<ChatMessage> Messages(string question, IReadOnlyList<Passage> passages)
    {
        var fence = Prompt.Fence(passages.SelectMany(p => (string[])[p.Chunk.Text, Heading(p)]));
        return
        [
            new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)),
            new(ChatRole.User, UserMessage(question, passages, fence)),
        ];
    }

    private static string UserMessage(string question, IReadOnlyList<Passage> passages, string fence)
    {
        var message = new StringBuilder();
        foreach (var passage in passages)
        {
            message.Append(fence).Append(" [").Append(passage.Number).Append("] ").Append(Heading(passage)).Append('\n')
                .Append(passage.Chunk.Text.Trim()).Append('\n')
                .Append(fence).Append("\n\n");
        }

        return message.Append("Question: ").Append(question.Trim()).ToString();
    }

    private static string Heading(Passage passage) => Prompt.OnOneLine($"{passage.Chunk.Title} {passage.Chunk.Context}");
}
