using Microsoft.Extensions.AI;
using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>
/// Chain of thought: reasoning step by step, then the answer (Wei et al., NeurIPS 2022). With an empty list of examples it is the zero-shot form, which asks for the answer in a second
/// call where the reasoning names none (Kojima et al., NeurIPS 2022).
/// </summary>
/// <param name="prompt">In place of its own instructions and examples.</param>
public sealed class ChainOfThoughtStrategy(StrategyPrompt? prompt = null) : IAgentStrategy
{
    private readonly StrategyPrompt _prompt = prompt ?? new();

    /// <inheritdoc/>
    public string Name => "cot";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Steps.OfType<AgentStep.Thought>().LastOrDefault(t => t.Sample is null) is { } thought)
        {
            var messages = Messages(state);
            messages.AddRange([new(ChatRole.Assistant, thought.Text), new(ChatRole.User, "Therefore, in a few words, the answer is:")]);
            return new AgentMove.Ask(messages, (reply, _) => [new AgentStep.Finish(AnswerReply.Short(reply))]);
        }

        return new AgentMove.Ask(Messages(state), (reply, _) => Read(ReplyText.Of(reply)));
    }

    /// <summary>The prompt, which self-consistency samples from as well.</summary>
    internal List<ChatMessage> Messages(AgentState state) =>
        state.Messages(_prompt.InstructionsFor(state, "cot.v1"), $"{_prompt.ExamplesFor(state.Task, "cot.examples")}{_prompt.Label}: {Prompt.OnOneLine(state.Task)}\nThought: Let's think step by step.");

    private static IReadOnlyList<AgentStep> Read(string reply)
    {
        var thought = new AgentStep.Thought(AnswerReply.Reasoning(reply)) { Proposes = AnswerReply.Of(reply) };
        return thought.Proposes is { } answer ? [thought, new AgentStep.Finish(answer)] : [thought];
    }
}
