using System.Text;
using Microsoft.Extensions.AI;
using Rag.Citations;

namespace Rag.Generation.Chat;

/// <summary>What a model is told to write an answer: instructions, then the passages between fences, then the question.</summary>
internal static class AnswerPrompt
{
    /// <summary>What the model writes where the passages do not answer.</summary>
    public const string Abstention = "UNANSWERABLE";

    private static readonly string Instructions = Prompt.Read("answer").Replace("{abstention}", Abstention, StringComparison.Ordinal);

    private static readonly string RepairInstructions = Prompt.Read("repair").Replace("{abstention}", Abstention, StringComparison.Ordinal);

    /// <summary>The conversation to send when the answer is to be written again: as before, then the first answer, then what is wrong with it.</summary>
    public static IReadOnlyList<ChatMessage> RepairMessages(string question, IReadOnlyList<Passage> passages, string draft, IReadOnlyList<Finding> findings)
    {
        // a finding quotes passages and the draft, so it lies between fences too
        var fence = Prompt.Fence([.. passages.SelectMany(Texts), .. findings.SelectMany(f => (string[])[f.Sentence, f.Problem])]);
        var listed = findings.Select((f, i) => $"{i + 1}. {Prompt.OnOneLine(f.Sentence)}\n   {Prompt.OnOneLine(f.Problem)}");
        return
        [
            .. Messages(question, passages, fence),
            new(ChatRole.Assistant, draft),
            new(ChatRole.User, RepairInstructions.Replace("{findings}", $"{fence}\n{string.Join('\n', listed)}\n{fence}", StringComparison.Ordinal)),
        ];
    }

    /// <summary>The conversation to send. The same question and passages give the same text.</summary>
    public static IReadOnlyList<ChatMessage> Messages(string question, IReadOnlyList<Passage> passages) => Messages(question, passages, Prompt.Fence(passages.SelectMany(Texts)));

    private static IReadOnlyList<ChatMessage> Messages(string question, IReadOnlyList<Passage> passages, string fence) =>
    [
        new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)),
        new(ChatRole.User, UserMessage(question, passages, fence)),
    ];

    private static string[] Texts(Passage passage) => [passage.Chunk.Text, Heading(passage)];

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
