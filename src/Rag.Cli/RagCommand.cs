using System.CommandLine;
using System.CommandLine.Parsing;
using Rag.Citations;
using Rag.Cli.Commands;
using Rag.Evaluation;
using Rag.Ingest.Reading;
using Rag.Llama;
using Rag.OpenAI;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Cli;

/// <summary>The whole command: parse, run, and turn every failure into one sentence and an exit code.</summary>
internal static class RagCommand
{
    // A question may begin with '@', so no token is taken for the name of a response file.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private static readonly (string Name, Func<Session, SharedOptions, Command> Create)[] Commands =
    [
        ("read", ReadCommand.Create),
        ("ingest", IngestCommand.Create),
        ("documents", DocumentsCommand.Create),
        ("delete", DeleteCommand.Create),
        ("copy", CopyCommand.Create),
        ("search", SearchCommand.Create),
        ("ask", AskCommand.Create),
        ("chat", ChatCommand.Create),
        ("agent", AgentCommand.Create),
        ("generate", GenerateCommand.Create),
        ("embed", EmbedCommand.Create),
        ("rerank", RerankCommand.Create),
        ("models", ModelsCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("eval", EvalCommand.Create),
        ("feedback", FeedbackCommand.Create),
        ("advise", AdviseCommand.Create),
        ("serve", ServeCommand.Create),
        ("keys", (session, _) => KeysCommand.Create(session)),
        ("mcp", McpCommand.Create),
    ];

    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, Session session, CancellationToken cancellationToken = default)
    {
        try
        {
            var code = await RunAsync(args, session, cancellationToken);
            await session.Out.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (OperationCanceledException)
        {
            session.Complain("Cancelled.");
            return ExitCode.Cancelled;
        }
        catch (CommandException e)
        {
            session.Complain(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (e is StoreException or VectorSearchException or DocumentFormatException or EvaluationFileException or LlamaException or SupportJudgeException or OpenAIException or IOException or UnauthorizedAccessException)
        {
            session.Complain(e.Message);
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            session.Complain($"Unexpected {e.GetType().Name}: {e.Message} This is a fault in rag: please report it with the command line.");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> args, Session session, CancellationToken cancellationToken)
    {
        var options = new SharedOptions();
        var root = Create(session, options, Named(args));
        var parsed = root.Parse(args.Count > 0 ? args : ["--help"], Parsing);
        ThrowIfWrong(parsed, "");
        var settings = Settings.Read(parsed, options, session.Variable, () => Create(session, options, only: null));
        if (settings.Sources.Count > 0)
        {
            parsed = root.Parse(settings.AppendTo(args), Parsing);
            ThrowIfWrong(parsed, $" ({string.Join(", ", settings.Sources)})");
        }

        var configuration = new InvocationConfiguration { Output = session.Out, Error = session.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static void ThrowIfWrong(ParseResult parsed, string sources)
    {
        if (parsed.Errors.Count > 0)
        {
            var reason = parsed.UnmatchedTokens is [var unknown, ..] ? $"There is no command, option or place for '{unknown}'" : parsed.Errors[0].Message.TrimEnd('.');
            throw new CommandException($"{reason}{sources}. See: {Spelled(parsed.CommandResult)} --help", ExitCode.WrongUsage);
        }
    }

    // What the command line begins with. Of a known command alone it takes a fifth of the time to make the options.
    private static string? Named(IReadOnlyList<string> args) => args is [var name, ..] && Commands.Any(c => c.Name == name) ? name : null;

    private static RootCommand Create(Session session, SharedOptions options, string? only)
    {
        var root = new RootCommand("Answers from your own documents, every sentence with a checked citation.") { options.Json, options.Config };
        foreach (var (_, create) in Commands.Where(c => only is null || c.Name == only))
        {
            root.Add(create(session, options));
        }

        return root;
    }

    /// <summary>A command as one types it, such as <c>rag eval text</c>.</summary>
    public static string Spelled(CommandResult command) => command.Parent is CommandResult parent ? $"{Spelled(parent)} {command.Command.Name}" : "rag";
}
