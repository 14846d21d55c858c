using System.CommandLine;

namespace Rag.Cli.Commands;

/// <summary>Commands of the contract that are not there yet: they stand in the help with their options, and running one says what it will do.</summary>
internal static class UpcomingCommands
{
    public static IEnumerable<Command> Create() =>
    [
        Upcoming("serve", "serve the HTTP API with its page", null, ["--urls U", "--store S"]),
        Upcoming("mcp", "serve the Model Context Protocol on standard input and output", null, ["--store S"]),
    ];

    /// <param name="name">The command.</param>
    /// <param name="will">What it will do.</param>
    /// <param name="argument">Name of its arguments, or none.</param>
    /// <param name="options">Each as <c>--name VALUE</c>, or <c>--name</c> for a switch.</param>
    private static Command Upcoming(string name, string will, string? argument, string[] options)
    {
        var command = new Command(name, $"Will {will} (not there yet).");
        if (argument is not null)
        {
            command.Add(new Argument<string[]>(argument) { Arity = ArgumentArity.ZeroOrMore });
        }

        foreach (var option in options)
        {
            command.Add(Option(option.Split(' ')));
        }

        command.SetAction(int (parsed) => throw new CommandException($"'{RagCommand.Spelled(parsed.CommandResult)}' is not there yet. It will {will}."));
        return command;
    }

    private static Option Option(string[] nameAndValue) => nameAndValue is [var name, var value]
        ? new Option<string[]>(name) { HelpName = value }
        : new Option<bool>(nameAndValue[0]);
}
