using Rag.OpenAI;

namespace Rag.Cli;

/// <summary>Servers that speak OpenAI's protocol, as the command line names them.</summary>
internal static class Endpoints
{
    /// <summary>Where the key comes from; it is no option, since command lines can be read by others.</summary>
    public const string KeyVariable = "RAG_OPENAI_API_KEY";

    private const int Listed = 10;

    /// <exception cref="CommandException">The address is none.</exception>
    public static OpenAIEndpoint Open(Session session, string address)
    {
        try
        {
            return new(address, new OpenAIEndpointOptions { ApiKey = session.Variable(KeyVariable) });
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message, ExitCode.WrongUsage);
        }
    }

    /// <summary>The model to ask for: the named one, or the only one that is served.</summary>
    /// <param name="endpoint">The server.</param>
    /// <param name="named">What the command line says, if anything.</param>
    /// <param name="how">How the command line names one.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="CommandException">None is named, and there is not exactly one.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer.</exception>
    public static async Task<string> ModelAsync(OpenAIEndpoint endpoint, string? named, string how, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return named;
        }

        return await endpoint.ListModelsAsync(cancellationToken) switch
        {
            [var only] => only,
            [] => throw new CommandException($"{endpoint.Address} serves no model. Load one there."),
            var models => throw new CommandException($"{endpoint.Address} serves {Named(models)}. Name one: {how}.", ExitCode.WrongUsage),
        };
    }

    /// <summary>Models in a sentence.</summary>
    public static string Named(IReadOnlyList<string> models) => models switch
    {
        [] => "no model",
        [var only] => $"the model {only}",
        { Count: <= Listed } => $"{models.Count} models: {string.Join(", ", models)}",
        _ => $"{models.Count} models: {string.Join(", ", models.Take(Listed))} and others",
    };
}
