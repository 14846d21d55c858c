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
    private const int MaxAnswerTokens = 512;

    // The instructions, the question, and the lines around each passage.
    private const int PromptTokens = 700;

    // A processor without a GPU may take minutes to read the passages; a person can always stop it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly LlamaModel _model;
    private readonly LlamaEngine _engine;
    private readonly LlamaChatClient _client;
    private readonly ChatAnswerGenerator _generator;
    private readonly Budget _budget;

    private LocalModel(LlamaModel model, LlamaEngine engine)
    {
        (_model, _engine, _client) = (model, engine, new(engine));
        var answer = Math.Min(MaxAnswerTokens, engine.ContextSize / 4);
        _generator = new(_client, new ChatAnswerOptions { MaxTokens = answer });
        _budget = new() { MaxPassageTokens = Math.Clamp(engine.ContextSize - answer - PromptTokens, 1, new Budget().MaxPassageTokens), Timeout = Patience };
    }

    /// <inheritdoc/>
    public IChatClient Client => _client;

    /// <summary>Makes answers with this model, from as many passages as its context has room for.</summary>
    public RagPipeline Pipeline(IRetriever retriever, CitationVerifier? verifier = null, RagPipelineOptions? options = null) =>
        new(retriever, _generator, verifier, (options ?? new()) with { Budget = _budget }, _model.Vocabulary, transformer: new ChatQueryTransformer(_client, QueryTechnique.StandAlone));

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
