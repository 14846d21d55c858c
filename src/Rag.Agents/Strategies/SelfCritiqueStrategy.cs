using Microsoft.Extensions.AI;
using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>Self-critique: a draft by chain of thought, then what is wrong with it, then a better one, until nothing is (Madaan et al., "Self-Refine: Iterative Refinement with Self-Feedback", NeurIPS 2023).</summary>
/// <param name="rounds">Times that a draft may be found wanting, at least 1; the draft after the last of them is the answer. Default 2.</param>
/// <param name="prompt">In place of the instructions and examples of chain of thought.</param>
public sealed class SelfCritiqueStrategy(int rounds = 2, StrategyPrompt? prompt = null) : IAgentStrategy
{
    // What a model writes that finds nothing wrong; the prompt names it.
    private const string Sound = "CORRECT";

    private readonly ChainOfThoughtStrategy _chain = new(prompt);

    /// <inheritdoc/>
    public string Name => "critique";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var thoughts = state.Steps.OfType<AgentStep.Thought>().ToList(); // drafts and what is said of them, in turns
        var messages = _chain.Messages(state);
        if (thoughts.Count == 0)
        {
            return new AgentMove.Ask(messages, (reply, _) => [Draft(ReplyText.Of(reply))]);
        }

        messages.Add(new(ChatRole.Assistant, $"{thoughts[(thoughts.Count - 1) / 2 * 2].Text}\nAnswer: {thoughts[(thoughts.Count - 1) / 2 * 2].Proposes}"));
        if (thoughts.Count % 2 == 0)
        {
            messages.Add(new(ChatRole.User, $"These faults were found: {thoughts[^1].Text}\nSolve it again without them. End with a line 'Answer: ...'."));
            return thoughts[^1].Text.Contains(Sound, StringComparison.Ordinal) ? Finish(thoughts[^2]) : new AgentMove.Ask(messages, (reply, _) => [Draft(ReplyText.Of(reply))]);
        }

        messages.Add(new(ChatRole.User, Prompt.Read("critique.v1", typeof(SelfCritiqueStrategy).Assembly)));
        return thoughts.Count > 2 * rounds ? Finish(thoughts[^1]) : new AgentMove.Ask(messages, (reply, _) => [new AgentStep.Thought(Prompt.OnOneLine(ReplyText.Of(reply)))]);
    }

    private static AgentMove Finish(AgentStep.Thought draft) => draft.Proposes is { } answer ? new AgentMove.Take(new AgentStep.Finish(answer)) : new AgentMove.GiveUp("The last draft names no answer.");

    private static AgentStep.Thought Draft(string reply) => new(AnswerReply.Reasoning(reply)) { Proposes = AnswerReply.Of(reply) };
}
