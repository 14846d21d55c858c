using Microsoft.Extensions.AI;
using Rag.Citations;
using Rag.Generation;
using Rag.Llama;
using Rag.Queries;
using Rag.Retrieval;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>A language model on this machine that writes answers, loaded once for all questions.</summary>
internal sealed class LocalModel : IAnswerModel
{
    // A processor without a GPU may take minutes to read the passages; a person can always stop it.
    private static readonly Budget Patient = new() { Timeout = TimeSpan.FromMinutes(15) };

    private readonly LlamaModel _model;
    private readonly LlamaEngine _engine;
    private readonly LlamaChatClient _client;
    private readonly ChatAnswerGenerator _generator;

    private LocalModel(LlamaModel model, LlamaEngine engine)
    {
        (_model, _engine, _client) = (model, engine, new(engine));
        _generator = new(_client, new ChatAnswerOptions { Constrain = MarkedAnswers.Constrain });
    }

    /// <inheritdoc/>
    public IChatClient Client => _client;

    /// <inheritdoc/>
    public Budget Budget => Patient;

    /// <inheritdoc/>
    public Func<ChatOptions, string, ChatOptions>? Constrain => LlamaGrammar.Constrain;

    /// <inheritdoc/>
    public RagPipeline Pipeline(IRetriever retriever, CitationVerifier? verifier = null, RagPipelineOptions? options = null, int bestOf = 1) =>
        new(retriever, IAnswerModel.BestOf(_generator, bestOf, verifier), verifier, options ?? new() { Budget = Patient }, _model.Vocabulary, transformer: new ChatQueryTransformer(_client, QueryTechnique.StandAlone));

    /// <summary>The model itself, for adapters.</summary>
    public LlamaModel Model => _model;

    /// <summary>Loads a model; on a terminal with a progress bar when it takes long.</summary>
    /// <exception cref="LlamaException">It cannot be loaded, or generates no text.</exception>
    public static async Task<LocalModel> LoadAsync(IAnsiConsole console, string path, LlamaModelOptions options, LlamaContextOptions context, CancellationToken cancellationToken)
    {
        var model = await ModelFile.LoadAsync(console, path, options, cancellationToken);
        try
        {
            // The instructions are read once; what is kept beside them is the last question's passages.
            return new(model, new(model, new LlamaEngineOptions { Slots = 1, KeptBeginnings = 2, Context = context }));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
        _model.Dispose();
    }
}
