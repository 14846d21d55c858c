using System.CommandLine;
using Microsoft.Extensions.AI;
using Rag.Llama;

namespace Rag.Cli;

/// <summary>An embedding model on this machine, with the generators for documents and questions.</summary>
internal sealed class LocalEmbedder : IDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaEmbeddingGenerator _documents;

    private LocalEmbedder(LlamaModel model) => (_model, _documents) = (model, new(model));

    /// <summary>Makes vectors of passages.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> ForDocuments => _documents;

    /// <summary>Makes vectors of questions.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> ForQueries => _documents.ForQueries();

    /// <summary>The model that an option names; <see langword="null"/> where it names none.</summary>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or makes no vectors.</exception>
    public static Task<LocalEmbedder?> LoadAsync(Session session, ParseResult parsed, ModelName name, CancellationToken cancellationToken) =>
        name.LoadForAsync(session, parsed, model => new LocalEmbedder(model), cancellationToken);

    /// <summary>The model for questions, where a retriever asks for one; <see langword="null"/> for other retrievers, whatever the option says.</summary>
    /// <exception cref="CommandException">The retriever needs a model and none is given.</exception>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or makes no vectors.</exception>
    public static Task<LocalEmbedder?> LoadForAsync(string retriever, Session session, ParseResult parsed, ModelName name, CancellationToken cancellationToken) =>
        !Retrievers.NeedsEmbedder(retriever) ? Task.FromResult<LocalEmbedder?>(null)
        : name.IsGiven(parsed) ? LoadAsync(session, parsed, name, cancellationToken)
        : throw new CommandException($"The retriever '{retriever}' needs --embed GGUF: the model that the documents were ingested with.", ExitCode.WrongUsage);

    public void Dispose()
    {
        _documents.Dispose();
        _model.Dispose();
    }
}
