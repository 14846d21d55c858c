using System.Text;
using Microsoft.Extensions.AI;

namespace Rag.Generation.Chat;

/// <summary>What a model is told to write an answer: instructions, then the passages between fences, then the question.</summary>
internal static class AnswerPrompt
{
    /// <summary>What the model writes where the passages do not answer.</summary>
    public const string Abstention = "UNANSWERABLE";

    private const string Fence = "=====";

    private static readonly string Instructions = ReadInstructions();

    /// <summary>The conversation to send. The same question and passages give the same text.</summary>
    public static IReadOnlyList<ChatMessage> Messages(string question, IReadOnlyList<Passage> passages)
    {
        var fence = FenceFor(passages);
        return
        [
            new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)),
            new(ChatRole.User, UserMessage(question, passages, fence)),
        ];
    }

    /// <summary>A line that no passage holds, so that no document can end its passage and begin another.</summary>
    public static string FenceFor(IReadOnlyList<Passage> passages)
    {
        var fence = Fence;
        for (var number = 1; passages.Any(p => p.Chunk.Text.Contains(fence, StringComparison.Ordinal) || Heading(p).Contains(fence, StringComparison.Ordinal)); number++)
        {
            fence = $"{Fence}{number}";
        }

        return fence;
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

    // On one line: a line break in a title could forge one of ours.
    private static string Heading(Passage passage) =>
        string.Join(' ', $"{passage.Chunk.Title} {passage.Chunk.Context}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string ReadInstructions()
    {
        using var reader = new StreamReader(typeof(AnswerPrompt).Assembly.GetManifestResourceStream("Rag.Generation.Chat.answer.txt")!);
        return reader.ReadToEnd().Replace("{abstention}", Abstention, StringComparison.Ordinal).ReplaceLineEndings("\n").TrimEnd();
    }
}
