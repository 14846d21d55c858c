using Microsoft.Extensions.AI;
using Rag.Chat.Dialogue;
using Rag.Citations;
using Rag.Generation;
using Rag.OpenAI;
using Rag.Queries;
using Rag.Retrieval;

namespace Rag.Cli;

/// <summary>A language model behind an endpoint that writes answers.</summary>
internal sealed class EndpointModel(OpenAIEndpoint endpoint, string model) : IAnswerModel
{
    // An answer is short, but some models cannot be told not to think before it.
    private static readonly ChatAnswerOptions Writing = new() { MaxTokens = 2048 };

    // As long as with a model on this machine: the server may be one without a GPU.
    private static readonly Budget Patient = new() { Timeout = TimeSpan.FromMinutes(15) };

    // tells of each request; of its words only where OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT says so
    private readonly OpenTelemetryChatClient _client = new(new OpenAIChatClient(endpoint, model));

    public IChatClient Client => _client;

    public Budget Budget => Patient;

    public RagPipeline Pipeline(IRetriever retriever, CitationVerifier? verifier = null, RagPipelineOptions? options = null, int bestOf = 1) =>
        new(retriever, IAnswerModel.BestOf(new ChatAnswerGenerator(_client, Writing), bestOf, verifier), verifier, options ?? new() { Budget = Patient }, transformer: new ChatQueryTransformer(_client, QueryTechnique.StandAlone));

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        endpoint.Dispose();
        return default;
    }
}
