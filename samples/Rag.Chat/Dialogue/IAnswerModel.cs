using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Chat.Dialogue;

/// <summary>A language model that writes answers, wherever it is computed.</summary>
internal interface IAnswerModel : IAsyncDisposable
{
    /// <summary>Talks to the model.</summary>
    IChatClient Client { get; }

    /// <summary>What one question may spend where nothing else is said: time for a slow machine.</summary>
    Budget Budget { get; }

    /// <summary>Holds the model to a grammar in GBNF; <see langword="null"/> where it cannot be.</summary>
    Func<ChatOptions, string, ChatOptions>? Constrain => null;

    /// <summary>Makes answers with this model, from as many passages as it has room for. It also rewrites questions that lean on a conversation. Default options: <see cref="Budget"/>. Of <c>bestOf</c> drafts the best one is given.</summary>
    RagPipeline Pipeline(IRetriever retriever, CitationVerifier? verifier = null, RagPipelineOptions? options = null, int bestOf = 1);

    /// <summary>The generator, or one that gives the best of several drafts.</summary>
    static IAnswerGenerator BestOf(IAnswerGenerator generator, int drafts, CitationVerifier? verifier) => drafts == 1 ? generator : new BestOfAnswerGenerator(generator, drafts, verifier);
}
