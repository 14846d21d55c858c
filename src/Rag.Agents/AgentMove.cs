using Microsoft.Extensions.AI;

namespace Rag.Agents;

/// <summary>What a strategy wants done next. Immutable.</summary>
public abstract record AgentMove
{
    private AgentMove()
    {
    }

    /// <summary>Ask the model, and read steps out of its reply.</summary>
    /// <param name="Messages">The prompt.</param>
    /// <param name="Read">Turns the n-th reply (0-based) into steps. Takes any text a model can write and never throws; what it cannot use becomes an <see cref="AgentStep.Error"/>.</param>
    public sealed record Ask(IReadOnlyList<ChatMessage> Messages, Func<ChatMessage, int, IReadOnlyList<AgentStep>> Read) : AgentMove
    {
        /// <summary>How many replies are sampled side by side, at least 1. The budget may allow fewer. Default 1.</summary>
        public int Samples { get; init; } = 1;

        /// <summary>How the model writes, where <see cref="AgentOptions.Chat"/> leaves it open. Several samples differ by their seeds. Default: the client's choice at temperature 0.</summary>
        public ChatOptions? Chat { get; init; }

        /// <summary>A grammar in GBNF for the reply, for models that can be held to one by <see cref="AgentOptions.Constrain"/>. Default none.</summary>
        public string? Grammar { get; init; }
    }

    /// <summary>Take steps without asking the model; a <see cref="AgentStep.ToolCall"/> among them is run.</summary>
    /// <param name="Steps">At least one.</param>
    public sealed record Take(params IReadOnlyList<AgentStep> Steps) : AgentMove;

    /// <summary>Nothing more can be done; what is known is answered from.</summary>
    /// <param name="Reason">Why, in one sentence.</param>
    public sealed record GiveUp(string Reason) : AgentMove;
}
