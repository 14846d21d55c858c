using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Llama;
using Rag.Llama.Models;
using Rag.OpenAI;

namespace Rag.Cli;

/// <summary>An option that names a GGUF model: a file, or a model of the catalogue that has been downloaded. Some name a model behind an endpoint too: <c>http://host:port/v1#model</c>.</summary>
/// <param name="option">The option, such as <c>--model</c>.</param>
/// <param name="does">What the model is for.</param>
/// <param name="cache">Where names are looked up.</param>
/// <param name="orEndpoint">Whether it may name a model behind an endpoint.</param>
internal sealed class ModelName(string option, string does, ModelCacheOptions cache, bool orEndpoint = false)
{
    public Option<string?> Option { get; } = new(option)
    {
        Description = $"{does}: a GGUF file, {(orEndpoint ? "" : "or ")}a name that 'rag models list' shows{(orEndpoint ? ", or a model behind an OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1#NAME" : "")}.",
        HelpName = orEndpoint ? "MODEL" : "GGUF",
    };

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
    /// <param name="session">Shows the progress.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="ofFile">Makes it of a model on this machine.</param>
    /// <param name="ofEndpoint">Makes it of a model behind an endpoint.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="CommandException">The address is none, or the endpoint's model must be named.</exception>
    /// <exception cref="LlamaException">The model is not there, cannot be loaded, or is of another kind.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer.</exception>
    public async Task<T?> LoadForAsync<T>(Session session, ParseResult parsed, Func<LlamaModel, T> ofFile, Func<OpenAIEndpoint, string, T> ofEndpoint, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsGiven(parsed))
        {
            return null;
        }

        var name = parsed.GetValue(Option)!;
        if (name.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || name.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            var parts = name.Split('#', 2);
            var endpoint = Endpoints.Open(session, parts[0]);
            return await OwnedAsync(endpoint, async () => ofEndpoint(endpoint, await Endpoints.ModelAsync(endpoint, parts.ElementAtOrDefault(1), $"{option} {endpoint.Address}#NAME", cancellationToken)));
        }

        var model = await LoadAsync(session, parsed, null, cancellationToken);
        return await OwnedAsync(model, () => Task.FromResult(ofFile(model)));
    }

    private static async Task<T> OwnedAsync<T>(IDisposable owned, Func<Task<T>> make)
    {
        try
        {
            return await make();
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }
}
