using Rag.Agents.Loop;
using Rag.Agents.Parsing;

namespace Rag.Agents.Strategies;

/// <summary>
/// Self-consistency: several chains of thought are sampled side by side, and the answer that most of them come to is taken; its share is the confidence (Wang et al., ICLR 2023). Answers are
/// compared as numbers or as words without case, articles and marks; of equals the first sample's is taken.
/// </summary>
/// <param name="samples">How many, at least 1. Default 5; the ReAct paper has 21.</param>
/// <param name="temperature">From 0. Default 0.7, as in the paper.</param>
/// <param name="minShare">Share of the samples that the answer needs, 0 to 1; below it the strategy gives up. Default 0: none.</param>
/// <param name="prompt">In place of the instructions and examples of chain of thought.</param>
public sealed class SelfConsistencyStrategy(int samples = 5, float temperature = 0.7f, double minShare = 0, StrategyPrompt? prompt = null) : IAgentStrategy
{
    private readonly ChainOfThoughtStrategy _chain = new(prompt);

    /// <inheritdoc/>
    public string Name => "cot-sc";

    /// <inheritdoc/>
    public AgentMove Next(AgentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Steps.OfType<AgentStep.Thought>().All(t => t.Sample is null))
        {
            return new AgentMove.Ask(_chain.Messages(state), (reply, sample) => [Read(ReplyText.Of(reply), sample)]) { Samples = samples, Chat = new() { Temperature = temperature } };
        }

        return Vote.Of(state.Steps) is not { } vote ? new AgentMove.GiveUp("No sample came to an answer.")
            : vote.Share < minShare ? new AgentMove.GiveUp($"The answer of most samples, {vote.Votes} of {vote.Samples}, has less than the share of {minShare:0.##} that it needs.")
            : new AgentMove.Take(new AgentStep.Finish(vote.Answer) { Confidence = vote.Share });
    }

    private static AgentStep.Thought Read(string reply, int sample) => new(AnswerReply.Reasoning(reply)) { Proposes = AnswerReply.Of(reply), Sample = sample };
}
