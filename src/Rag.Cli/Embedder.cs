using System.CommandLine;
using Microsoft.Extensions.AI;
using Rag.Llama;
using Rag.OpenAI;

namespace Rag.Cli;

/// <summary>An embedding model, here or behind an endpoint, with the generators for documents and questions.</summary>
internal sealed class Embedder : IDisposable
{
    private readonly IDisposable _model;

    private Embedder(IDisposable model, IEmbeddingGenerator<string, Embedding<float>> documents, IEmbeddingGenerator<string, Embedding<float>> queries) =>
        (_model, ForDocuments, ForQueries) = (model, documents, queries);

    /// <summary>Makes vectors of passages.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> ForDocuments { get; }

    /// <summary>Makes vectors of questions.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> ForQueries { get; }

    /// <summary>The model that an option names; <see langword="null"/> where it names none.</summary>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or makes no vectors.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer.</exception>
    public static Task<Embedder?> LoadAsync(Session session, ParseResult parsed, ModelName name, CancellationToken cancellationToken) =>
        name.LoadForAsync(session, parsed, OfFile, OfEndpoint, cancellationToken);

    /// <summary>The model for questions, where a retriever asks for one; <see langword="null"/> for other retrievers, whatever the option says.</summary>
    /// <exception cref="CommandException">The retriever needs a model and none is given.</exception>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or makes no vectors.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer.</exception>
    public static Task<Embedder?> LoadForAsync(string retriever, Session session, ParseResult parsed, ModelName name, CancellationToken cancellationToken) =>
        !Retrievers.NeedsEmbedder(retriever) ? Task.FromResult<Embedder?>(null)
        : name.IsGiven(parsed) ? LoadAsync(session, parsed, name, cancellationToken)
        : throw new CommandException($"The retriever '{retriever}' needs --embed MODEL: the one that the documents were ingested with.", ExitCode.WrongUsage);

    public void Dispose()
    {
        ForDocuments.Dispose();
        _model.Dispose();
    }

    private static Embedder OfFile(LlamaModel model)
    {
        var documents = new LlamaEmbeddingGenerator(model);
        return new(model, documents, documents.ForQueries());
    }

    private static Embedder OfEndpoint(OpenAIEndpoint endpoint, string model)
    {
        var prompts = EmbeddingPrompts.Named(model);
        var documents = new OpenAIEmbeddingGenerator(endpoint, model, new() { QueryPrompt = prompts.Query, DocumentPrompt = prompts.Document });
        return new(endpoint, Observed(documents), Observed(documents.ForQueries()));
    }

    private static OpenTelemetryEmbeddingGenerator<string, Embedding<float>> Observed(IEmbeddingGenerator<string, Embedding<float>> generator) => new(generator);
}
