using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ModelContextProtocol.Client;

namespace Rag.Agents.Tools.Mcp;

/// <summary>A server that runs as a program of its own and is spoken to by its standard input and output.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int MaxComplaint = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task _listening;
    private volatile string _complaint = "";
    private int _disposed;

    private ServerProcess(Process process)
    {
        _process = process;
        _listening = ListenAsync(process.StandardError);
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The last line that it wrote to its standard error; may be empty. Of one that has closed its output the end is waited for, so that nothing it wrote is still on the way.</summary>
    public async Task<string> ComplaintAsync(bool hasEnded)
    {
        if (hasEnded && _disposed == 0)
        {
            await Task.WhenAny(_listening, Task.Delay(Patience));
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

        using var late = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    // Of a line without end only the beginning is kept.
    private async Task ListenAsync(StreamReader errors)
    {
        var (buffer, line) = (new char[4096], new StringBuilder());
        try
        {
            while (await errors.ReadAsync(buffer) is > 0 and var read)
            {
                foreach (var character in buffer.AsSpan(0, read))
                {
                    if (character == '\n')
                    {
                        Note();
                    }
                    else if (line.Length < MaxComplaint)
                    {
                        line.Append(character);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // it has been ended, and what it still wanted to say is of no use
        }

        Note();

        void Note()
        {
            _complaint = string.IsNullOrWhiteSpace(line.ToString()) ? _complaint : Prompt.OnOneLine(line.ToString());
            line.Clear();
        }
    }
}
