using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Where the lines of a conversation come from.</summary>
internal static class Keyboard
{
    /// <summary>The prompt in front of each line.</summary>
    public const string Prompt = "you › ";

    /// <summary>Lines typed at a terminal with history and editing where the terminal understands control sequences.</summary>
    public static Func<CancellationToken, Task<string?>> Lines(IAnsiConsole console)
    {
        if (!console.Profile.Capabilities.Ansi)
        {
            return Lines(console, Console.In, echo: false);
        }

        var editor = new LineEditor(() => Console.ReadKey(intercept: true), Console.Out, () => Console.WindowWidth);
        return cancellationToken => Task.Run(
            () =>
            {
                // So that Ctrl+C reaches the editor, which clears the line, while between questions it still stops an answer.
                Console.TreatControlCAsInput = true;
                try
                {
                    return editor.Read(Prompt);
                }
                finally
                {
                    Console.TreatControlCAsInput = false;
                }
            },
            cancellationToken).WaitAsync(cancellationToken);
    }

    /// <summary>Lines of a file or a pipe; <paramref name="echo"/> repeats them behind the prompt, so that a transcript reads as a conversation.</summary>
    public static Func<CancellationToken, Task<string?>> Lines(IAnsiConsole console, TextReader input, bool echo) => async cancellationToken =>
    {
        console.Write(new Text(Prompt));
        await console.Profile.Out.Writer.FlushAsync(cancellationToken);
        var line = await Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        if (echo)
        {
            console.WriteLine(Plain.Line(line ?? ""));
        }

        return line;
    };
}
