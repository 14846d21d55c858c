using Rag.Chat.Dialogue;
using Spectre.Console;

namespace Rag.Cli;

/// <summary>What a command may touch of the world outside its store and files, so that a test can stand in for it.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress, warnings and reasons.</param>
internal sealed record Session(TextWriter Out, TextWriter Error)
{
    /// <summary>Whether a person sees <see cref="Out"/>.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether a person sees <see cref="Error"/>.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Where questions come from; <see langword="null"/> for the keyboard.</summary>
    public TextReader? Input { get; init; }

    /// <summary>What carries requests to the server of a store; <see langword="null"/> for the network.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>What a protocol is spoken over; <see langword="null"/> for standard input and output.</summary>
    public (Stream Input, Stream Output)? Pipes { get; init; }

    /// <summary>Environment variables. Default none.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Whether colours are wanted: not where NO_COLOR is set, whatever its value.</summary>
    private bool Colours => string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>A console for results.</summary>
    public IAnsiConsole Console() => Screen.Create(Out, OutputIsTerminal, Colours);

    /// <summary>A console for progress.</summary>
    public IAnsiConsole ErrorConsole() => Screen.Create(Error, ErrorIsTerminal, Colours);

    /// <summary>Says in one line on <see cref="Error"/> what went wrong.</summary>
    public void Complain(string sentence) => Error.WriteLine(Plain.Line(sentence));
}
