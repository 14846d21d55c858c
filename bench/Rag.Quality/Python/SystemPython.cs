using System.ComponentModel;
using System.Diagnostics;

namespace Rag.Quality.Python;

/// <summary>The machine's own Python, to compare with.</summary>
internal static class SystemPython
{
    /// <summary>What it writes, or null where there is no python3.</summary>
    public static async Task<string?> RunAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? text : throw new InvalidOperationException($"python3 {arguments[0]} ended with code {process.ExitCode}.");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
