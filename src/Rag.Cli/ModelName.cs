using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Llama;
using Rag.Llama.Models;

namespace Rag.Cli;

/// <summary>An option that names a GGUF model: a file, or a model of the catalogue that has been downloaded.</summary>
/// <param name="option">The option, such as <c>--model</c>.</param>
/// <param name="does">What the model is for.</param>
/// <param name="cache">Where names are looked up.</param>
internal sealed class ModelName(string option, string does, ModelCacheOptions cache)
{
    public Option<string?> Option { get; } = new(option) { Description = $"{does}: a GGUF file, or a name that 'rag models list' shows.", HelpName = "GGUF" };

    /// <summary>Whether a model is asked for.</summary>
    public bool IsGiven(ParseResult parsed) => !string.IsNullOrEmpty(parsed.GetValue(Option));

    /// <summary>The file of the model.</summary>
    /// <exception cref="CommandException">None was asked for.</exception>
    /// <exception cref="LlamaException">There is none.</exception>
    public string PathOf(ParseResult parsed)
    {
        if (!IsGiven(parsed))
        {
            throw new CommandException($"'{RagCommand.Spelled(parsed.CommandResult)}' needs {option}: a GGUF file, or a name that 'rag models list' shows.", ExitCode.WrongUsage);
        }

        using var http = ModelStore.NewHttpClient();
        return ModelFile.Locate(parsed.GetValue(Option)!, cache.Catalogue(parsed), cache.Store(parsed, http));
    }

    /// <summary>Loads it; on a terminal with a progress bar when it takes long.</summary>
    /// <exception cref="CommandException">None was asked for.</exception>
    /// <exception cref="LlamaException">It is not there or cannot be loaded.</exception>
    public Task<LlamaModel> LoadAsync(Session session, ParseResult parsed, LlamaModelOptions? placement, CancellationToken cancellationToken) =>
        ModelFile.LoadAsync(session.ErrorConsole(), PathOf(parsed), placement ?? new(), cancellationToken);

    /// <summary>What is made of the model, which it then owns; <see langword="null"/> where none was asked for.</summary>
    /// <exception cref="LlamaException">The model is not there, cannot be loaded, or is of another kind.</exception>
    public async Task<T?> LoadForAsync<T>(Session session, ParseResult parsed, Func<LlamaModel, T> make, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsGiven(parsed))
        {
            return null;
        }

        var model = await LoadAsync(session, parsed, null, cancellationToken);
        try
        {
            return make(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
