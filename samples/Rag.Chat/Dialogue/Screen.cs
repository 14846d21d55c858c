using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Makes consoles: colours and control sequences on a terminal, plain unbroken lines in a pipe or where NO_COLOR is set.</summary>
internal static class Screen
{
    // Longer than any line we write, so that a pipe gets each paragraph on one line.
    private const int Unbroken = 1 << 20;

    public static IAnsiConsole Create(TextWriter writer, bool terminal, bool colours)
    {
        var ansi = terminal && colours;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = ansi ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = ansi ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!terminal)
        {
            console.Profile.Width = Unbroken;
        }

        return console;
    }
}
