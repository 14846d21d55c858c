using System.CommandLine;
using Rag.OpenAI;

namespace Rag.Cli;

/// <summary>The options that name a model behind an OpenAI-compatible endpoint.</summary>
/// <param name="does">What the model is for.</param>
internal sealed class EndpointOptions(string does)
{
    private readonly Option<string?> _address = Address($"{does} with a language model behind an OpenAI-compatible endpoint");

    private readonly Option<string?> _model = new("--endpoint-model") { Description = "The model to ask the endpoint for; by default the only one that it serves.", HelpName = "NAME" };

    public IEnumerable<Option> All => [_address, _model];

    /// <summary>The option <c>--endpoint</c>.</summary>
    public static Option<string?> Address(string does) => new("--endpoint") { Description = $"{does}, such as http://127.0.0.1:8080/v1; the key comes from {Endpoints.KeyVariable}.", HelpName = "URL" };

    /// <summary>Whether an endpoint is asked for.</summary>
    /// <exception cref="CommandException">A model of none is.</exception>
    public bool IsGiven(ParseResult parsed) => !string.IsNullOrEmpty(parsed.GetValue(_address)) || (string.IsNullOrEmpty(parsed.GetValue(_model)) ? false
        : throw new CommandException("--endpoint-model needs --endpoint URL: the server that has the model.", ExitCode.WrongUsage));

    /// <summary>How the model is called: by its name, or by its server where that has only one.</summary>
    public string NameOf(ParseResult parsed) => parsed.GetValue(_model) is { Length: > 0 } name ? name : parsed.GetValue(_address)!;

    /// <summary>The model, once it is known to be there.</summary>
    /// <exception cref="CommandException">The address is none, or the model must be named.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer.</exception>
    public async Task<EndpointModel> OpenAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var endpoint = Endpoints.Open(session, parsed.GetValue(_address)!);
        try
        {
            return new(endpoint, await Endpoints.ModelAsync(endpoint, parsed.GetValue(_model), "--endpoint-model NAME", cancellationToken));
        }
        catch
        {
            endpoint.Dispose();
            throw;
        }
    }
}
