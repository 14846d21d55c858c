using System.CommandLine;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval</c>: measures. One subcommand for each thing that is measured.</summary>
internal static class EvalCommand
{
    public static Command Create(Session session, SharedOptions options) =>
        new("eval", "Measure retrieval, reading, grounding, text and agents.")
        {
            EvalAgentsCommand.Create(session, options),
            EvalRetrievalCommand.Create(session, options),
            EvalReadingCommand.Create(session, options),
            EvalGroundingCommand.Create(session, options),
            EvalAxesCommand.Create(session, options),
            EvalRgbCommand.Create(session, options),
            EvalSpansCommand.Create(session, options),
            EvalTextCommand.Create(session, options),
            EvalReportCommand.Create(session, options),
        };
}
