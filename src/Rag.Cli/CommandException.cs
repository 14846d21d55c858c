namespace Rag.Cli;

/// <summary>A command cannot go on; the message is the one sentence that people read: what, then what to do.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>How the process ends.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>How a run ended.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int PartlyDone = 3;
    public const int Cancelled = 130;
}
