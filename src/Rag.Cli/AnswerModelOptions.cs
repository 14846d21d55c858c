using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Llama;
using Rag.OpenAI;

namespace Rag.Cli;

/// <summary>The options that name the language model which writes answers or about documents: one on this machine, one behind an endpoint, or none.</summary>
/// <param name="does">What the model is for. Default <c>Answer</c>.</param>
internal sealed class AnswerModelOptions(string does = "Answer")
{
    private readonly ModelOptions _model = new($"{does} with a language model on this machine");

    private readonly EndpointOptions _endpoint = new(does);

    public ModelCacheOptions Cache => _model.Cache;

    public IEnumerable<Option> All => [.. _model.All, .. _endpoint.All];

    /// <summary>How the model that was asked for is called on the command line; <see langword="null"/> where none was.</summary>
    public string? NameOf(ParseResult parsed) => _model.Name.IsGiven(parsed) ? Path.GetFileNameWithoutExtension(parsed.GetValue(_model.Name.Option)) : _endpoint.IsGiven(parsed) ? _endpoint.NameOf(parsed) : null;

    /// <summary>The language model that was asked for, loaded once; <see langword="null"/> where answers are made of quotes.</summary>
    /// <exception cref="CommandException">Two are asked for, or it is not said well enough which one.</exception>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or writes no text.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer.</exception>
    public async Task<IAnswerModel?> LoadAsync(Session session, ParseResult parsed, CancellationToken cancellationToken) => (_model.Name.IsGiven(parsed), _endpoint.IsGiven(parsed)) switch
    {
        (true, true) => throw new CommandException("Both --model and --endpoint are given. Leave one out: one model writes the answer.", ExitCode.WrongUsage),
        (true, false) => await LocalModel.LoadAsync(session.ErrorConsole(), _model.Name.PathOf(parsed), _model.Placement(parsed), _model.Context(parsed), cancellationToken),
        (false, true) => await _endpoint.OpenAsync(session, parsed, cancellationToken),
        (false, false) => null,
    };
}
