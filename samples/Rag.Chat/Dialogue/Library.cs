using Microsoft.Extensions.AI;
using Rag.Agents;
using Rag.Agents.Tools;
using Rag.Conversations;
using Rag.Generation;
using Rag.Ratings;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Chat.Dialogue;

/// <summary>What a conversation is about: the documents, how passages are found in them, and how answers are made.</summary>
/// <param name="Store">The documents.</param>
/// <param name="Retriever">Finds passages.</param>
/// <param name="Pipeline">Makes answers.</param>
internal sealed record Library(IChunkStore Store, IRetriever Retriever, RagPipeline Pipeline)
{
    /// <summary>Tenant and filter that every question is asked with; its text is not used.</summary>
    public Query Scope { get; init; } = new("");

    /// <summary>Where what is said is kept. Default: in memory, until the conversation ends.</summary>
    public ISessionStore Sessions { get; init; } = new InMemorySessionStore();

    /// <summary>The session that is begun or continued; <see langword="null"/> for one without a name.</summary>
    public string? Session { get; init; }

    /// <summary>Shortens what was said long ago; <see langword="null"/> for the way without a model.</summary>
    public IConversationSummarizer? Summarizer { get; init; }

    /// <summary>The language model, for agents; <see langword="null"/> without one.</summary>
    public IAnswerModel? Model { get; init; }

    /// <summary>What every question asks for.</summary>
    public AskOptions Asking { get; init; } = new();

    /// <summary>Where ratings of answers are kept; <see langword="null"/> where none are.</summary>
    public IRatingStore? Ratings { get; init; }

    /// <summary>What writes the answers, for their ratings.</summary>
    public AnswerOrigin Origin { get; init; } = new();

    /// <summary>Reads the files again and says what changed; <see langword="null"/> where the files are not known.</summary>
    public Func<CancellationToken, Task>? Reindex { get; init; }

    /// <summary>An agent over the documents, with the model.</summary>
    /// <param name="strategy">A name of a strategy.</param>
    public Agent Agent(string strategy)
    {
        var search = SearchTool.Create(Retriever, Scope);
        AIFunction[] tools = strategy is "tools" or "ircot" ? [search, Calculator.Create()] : [.. PageTools.Create(Store, Retriever, Scope, nearest: true), Calculator.Create()];
        return new(Model!.Client, AgentStrategies.Named(strategy, search), new() { Tools = tools, Constrain = Model.Constrain, Budget = new() { Timeout = Model.Budget.Timeout } });
    }
}
