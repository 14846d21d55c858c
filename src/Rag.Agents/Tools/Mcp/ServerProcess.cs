using System.ComponentModel;
using System.Diagnostics;
using ModelContextProtocol.Client;

namespace Rag.Agents.Tools.Mcp;

/// <summary>A server that runs as a program of its own and is spoken to by its standard input and output.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int MaxComplaint = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private volatile string _complaint = "";
    private int _disposed;

    private ServerProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _complaint = string.IsNullOrWhiteSpace(line.Data) ? _complaint : Prompt.Shorten(Prompt.OnOneLine(line.Data), MaxComplaint);
        _process.BeginErrorReadLine();
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The last line that it wrote to its standard error; may be empty. Of one that has closed its output the end is waited for, so that nothing it wrote is still on the way.</summary>
    public async Task<string> ComplaintAsync(bool hasEnded)
    {
        if (hasEnded && _disposed == 0)
        {
            await HasExitedAsync();
        }

        return _complaint;
    }

    /// <exception cref="McpServerException">There is no such program, or it cannot be run.</exception>
    public static ServerProcess Start(string command, IReadOnlyList<string> arguments, McpToolsOptions options)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = options.WorkingDirectory ?? "",
        };
        start.Environment.Clear();
        foreach (var (name, value) in StdioClientTransportOptions.GetDefaultEnvironmentVariables().Concat(options.Environment.Select(v => new KeyValuePair<string, string?>(v.Key, v.Value))))
        {
            start.Environment[name] = value;
        }

        try
        {
            return new(Process.Start(start)!);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new McpServerException($"The MCP server cannot be started by '{command}': {exception.Message}. Check the command and its arguments.", exception);
        }
    }

    /// <summary>Closes its input, which asks it to end, and ends it with all that it has started where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it has ended, and did not read what was still to be written
        }

        if (!await HasExitedAsync())
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<bool> HasExitedAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(late.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
