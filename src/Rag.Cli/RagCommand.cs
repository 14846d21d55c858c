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
        var root = Create(session, options);
        var parsed = root.Parse(args.Count > 0 ? args : ["--help"], Parsing);
        ThrowIfWrong(parsed, "");
        var settings = Settings.Read(parsed, options, session.Variable);
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

    private static RootCommand Create(Session session, SharedOptions options)
    {
        var root = new RootCommand("Answers from your own documents, every sentence with a checked citation.")
        {
            options.Json,
            options.Config,
            ReadCommand.Create(session, options),
            IngestCommand.Create(session, options),
            DocumentsCommand.Create(session, options),
            DeleteCommand.Create(session, options),
            CopyCommand.Create(session, options),
            SearchCommand.Create(session, options),
            AskCommand.Create(session, options),
            ChatCommand.Create(session, options),
            AgentCommand.Create(session, options),
            GenerateCommand.Create(session, options),
            EmbedCommand.Create(session, options),
            RerankCommand.Create(session, options),
            ModelsCommand.Create(session, options),
            DoctorCommand.Create(session, options),
            EvalCommand.Create(session, options),
            FeedbackCommand.Create(session, options),
            AdviseCommand.Create(session, options),
            ServeCommand.Create(session, options),
            KeysCommand.Create(session),
            McpCommand.Create(session, options),
        };
        return root;
    }

    /// <summary>A command as one types it, such as <c>rag eval text</c>.</summary>
    public static string Spelled(CommandResult command) => command.Parent is CommandResult parent ? $"{Spelled(parent)} {command.Command.Name}" : "rag";
}
