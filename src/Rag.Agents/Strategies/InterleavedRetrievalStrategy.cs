using Microsoft.Extensions.AI;
using Rag.Agents.Loop;
using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>IRCoT: a search for the question, then turn by turn one sentence of reasoning and a search for it, until a sentence says what the answer is (Trivedi et al., ACL 2023).</summary>
/// <param name="search">Takes a text and gives passages, such as <c>SearchTool</c>.</param>
/// <param name="maxTurns">Sentences after which it gives up, at least 1. Default 6.</param>
public sealed class InterleavedRetrievalStrategy(AIFunction search, int maxTurns = 6) : IAgentStrategy
{
    /// <inheritdoc/>
    public string Name => "ircot";

    /// <inheritdoc/>
    public IReadOnlyList<AIFunction> Tools => [search];

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var thoughts = state.Steps.OfType<AgentStep.Thought>().Where(t => t.Sample is null).ToList();
        return state.Steps is [] ? Search(state.Task)
            : state.Steps[^1] is AgentStep.Thought last ? Search(last.Text)
            : thoughts.Count >= maxTurns ? new AgentMove.GiveUp($"{maxTurns} sentences of reasoning brought no answer.")
            : new AgentMove.Ask(Messages(state, thoughts), (reply, _) => Read(ReplyText.Of(reply)));
    }

    private AgentMove.Take Search(string text) => new(new AgentStep.ToolCall(search.Name, ToolArguments.Of(search, text)));

    private static List<ChatMessage> Messages(AgentState state, List<AgentStep.Thought> thoughts)
    {
        // a passage that several searches found is shown once
        var found = state.Steps.OfType<AgentStep.Observation>().SelectMany(o => o.Text.Split('\n')).Where(line => line.Length > 0).Distinct().ToList();
        var fence = Prompt.Fence([.. found, state.Task]);
        return state.Messages(
            Prompt.Read("ircot.v1", typeof(InterleavedRetrievalStrategy).Assembly),
            $"Passages:\n{fence}\n{string.Join('\n', found)}\n{fence}\n\nQuestion: {Prompt.OnOneLine(state.Task)}\nReasoning so far: {string.Join(' ', thoughts.Select(t => t.Text))}\nNext sentence:");
    }

    private static IReadOnlyList<AgentStep> Read(string reply)
    {
        var text = Prompt.OnOneLine(reply);
        var sentence = Analysis.SentenceSegmenter.Split(text, new(0, text.Length)) is [var first, ..] ? first.Of(text).Trim() : "";
        return sentence.Length == 0 ? [new AgentStep.Error("Write one sentence.")]
            : AnswerReply.Of(sentence) is { } answer ? [new AgentStep.Thought(sentence) { Proposes = answer }, new AgentStep.Finish(answer)]
            : [new AgentStep.Thought(sentence)];
    }
}
