using Microsoft.Extensions.AI;
using Rag.Citations;

namespace Rag.Agents;

/// <summary>What an agent may use and how it answers.</summary>
public sealed record AgentOptions
{
    /// <summary>Tools by their names. One that acts, rather than only looks, is wrapped in <see cref="ApprovalRequiredAIFunction"/>. Default none.</summary>
    public IReadOnlyList<AIFunction> Tools { get; init; } = [];

    /// <summary>What a run may spend. Default <c>new()</c>.</summary>
    public AgentBudget Budget { get; init; } = new();

    /// <summary>How the model writes: temperature, seed, and what a provider takes. What it leaves unset is the strategy's choice. Default <see langword="null"/>.</summary>
    public ChatOptions? Chat { get; init; }

    /// <summary>Holds a model to a grammar in GBNF, such as <c>LlamaGrammar.Constrain</c> does for local models, so that its replies can always be read. Default <see langword="null"/>: replies are read as they come.</summary>
    public Func<ChatOptions, string, ChatOptions>? Constrain { get; init; }

    /// <summary>Is asked before a tool in <see cref="ApprovalRequiredAIFunction"/> is run, also by agents that this one calls. Default <see langword="null"/>: none is run.</summary>
    public Func<ToolApproval, CancellationToken, ValueTask<bool>>? Approve { get; init; }

    /// <summary>Checks the answer against the passages that the tools found. Default: one with default options.</summary>
    public CitationVerifier Verifier { get; init; } = new();

    /// <summary>Whether an answer that no passage supports is sent back to the model, and in the end becomes an abstention. Default no: it is given without marks.</summary>
    public bool RequireCitations { get; init; }
}
