using System.Text;
using Microsoft.Extensions.AI;
using Rag.Citations;

namespace Rag.Generation.Chat;

/// <summary>What a model is told to write an answer: instructions, then examples, then the passages between fences, then the question. The same input gives the same text.</summary>
/// <param name="Question">The question.</param>
/// <param name="Passages">What it is answered from.</param>
/// <param name="Examples">Questions and answers to show first.</param>
/// <param name="MarkData">Whether each line of a document begins with a mark.</param>
internal sealed record AnswerPrompt(string Question, IReadOnlyList<Passage> Passages, IReadOnlyList<AnswerExample> Examples, bool MarkData)
{
    /// <summary>The instructions in use. A change of them is a new file with a new number.</summary>
    public const string Version = "answer.v2";

    /// <summary>What the model writes where the passages do not answer.</summary>
    public const string Abstention = "UNANSWERABLE";

    // Tags that say when a document was written, the first that is there.
    private static readonly string[] DateTags = ["date", "modified", "created"];

    private static readonly string Instructions = Read(Version);

    private static readonly string MarkInstructions = Read("marked.v1");

    private static readonly string RepairInstructions = Read("repair.v2");

    /// <summary>The conversation to send.</summary>
    public IReadOnlyList<ChatMessage> Messages() => Messages(Prompt.Fence(Texts()));

    /// <summary>The conversation to send when the answer is to be written again: as before, then the first answer, then what is wrong with it.</summary>
    public IReadOnlyList<ChatMessage> RepairMessages(string draft, IReadOnlyList<Finding> findings)
    {
        // a finding quotes passages and the draft, so it lies between fences too
        var fence = Prompt.Fence([.. Texts(), draft, .. findings.SelectMany(f => (string[])[f.Sentence, f.Problem])]);
        var listed = findings.Select((f, i) => $"{i + 1}. {Prompt.OnOneLine(f.Sentence)}\n   {Prompt.OnOneLine(f.Problem)}");
        return
        [
            .. Messages(fence),
            new(ChatRole.Assistant, draft),
            new(ChatRole.User, RepairInstructions.Replace("{findings}", $"{fence}\n{string.Join('\n', listed)}\n{fence}", StringComparison.Ordinal)),
        ];
    }

    private IReadOnlyList<ChatMessage> Messages(string fence)
    {
        var mark = MarkData ? Prompt.Fence(Texts(), "^") : null;
        var system = Instructions.Replace("{fence}", fence, StringComparison.Ordinal);
        return
        [
            new(ChatRole.System, mark is null ? system : $"{system}\n{MarkInstructions.Replace("{mark}", mark, StringComparison.Ordinal)}"),
            .. Examples.SelectMany(example => (ChatMessage[])
            [
                new(ChatRole.User, UserMessage(example.Question, example.Passages.Select((p, i) => (i + 1, Prompt.OnOneLine(p.Title), p.Text)), fence, mark)),
                new(ChatRole.Assistant, example.Answer),
            ]),
            new(ChatRole.User, UserMessage(Question, Passages.Select(p => (p.Number, Heading(p.Chunk), p.Chunk.Text)), fence, mark)),
        ];
    }

    private IEnumerable<string> Texts() =>
    [
        Question,
        .. Passages.SelectMany(p => (string[])[p.Chunk.Text, Heading(p.Chunk)]),
        .. Examples.SelectMany(e => (string[])[e.Question, e.Answer, .. e.Passages.SelectMany(p => (string[])[p.Title, p.Text])]),
    ];

    private static string UserMessage(string question, IEnumerable<(int Number, string Heading, string Text)> passages, string fence, string? mark)
    {
        var message = new StringBuilder();
        foreach (var (number, heading, text) in passages)
        {
            message.Append(fence).Append(" [").Append(number).Append("] ").Append(heading).Append('\n')
                .Append(Marked(text.Trim(), mark)).Append('\n')
                .Append(fence).Append("\n\n");
        }

        return message.Append("Question: ").Append(question.Trim()).ToString();
    }

    private static string Marked(string text, string? mark) => mark is null ? text : string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => $"{mark} {line}"));

    private static string Heading(Chunk chunk)
    {
        var date = DateTags.Select(tag => chunk.Tags.GetValueOrDefault(tag)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        return Prompt.OnOneLine($"{chunk.Title} {chunk.Context} {(date is null ? "" : $"({date})")}");
    }

    private static string Read(string name) => Prompt.Read(name).Replace("{abstention}", Abstention, StringComparison.Ordinal);
}
