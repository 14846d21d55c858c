using System.Runtime.InteropServices;
using System.Text;
using Rag.Cli;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
if (OperatingSystem.IsWindows())
{
    Console.OutputEncoding = Encoding.UTF8;
}

// In a pipe the bytes are UTF-8 whatever the locale says, written in blocks; a terminal gets each line at once.
await using var output = Console.IsOutputRedirected ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) : Console.Out;
return await RagCommand.InvokeAsync(
    args,
    new Session(output, Console.Error)
    {
        OutputIsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        Input = Console.IsInputRedirected ? Console.In : null,
        Variable = Environment.GetEnvironmentVariable,
    },
    cancellation.Token);

// The first signal asks for a clean end; the second one is left to the system, which ends the process at once.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}
