using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools.Mcp;

namespace Rag.Agents.Tools;

/// <summary>The tools of a server that speaks the Model Context Protocol over standard input and output. Ends the server when it is disposed of.</summary>
/// <remarks>
/// A server is a program from outside: it is run with the environment that it is given and no more, its messages and their number are bounded, it may ask nothing of the client, and each call of its
/// tools must be approved but of those that the caller trusts by name. Names and descriptions of its tools are its own words and stand in the model's prompt, so connect only to servers that you
/// would run. A call that fails gives a sentence, and does not throw. Safe for concurrent use.
/// </remarks>
public sealed partial class McpTools : IAsyncDisposable
{
    private const int MaxName = 64;

    private readonly ServerConnection _connection;
    private readonly Func<ValueTask> _end;

    private McpTools(ServerConnection connection, Func<ValueTask> end, IReadOnlyList<AIFunction> tools, IReadOnlyList<string> warnings) => (_connection, _end, Tools, Warnings) = (connection, end, tools, warnings);

    /// <summary>The tools in the server's order, each as <c>name_tool</c>; those that are not trusted are in an <see cref="ApprovalRequiredAIFunction"/>.</summary>
    public IReadOnlyList<AIFunction> Tools { get; }

    /// <summary>What of the server's offer was left out and why, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Starts a server and reads its tools.</summary>
    /// <param name="name">What the server is called here, 1 to 20 letters, digits and underscores; the names of its tools begin with it.</param>
    /// <param name="command">The program, started as it is, without a shell.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="options">Limits and trust. Default <c>new()</c>.</param>
    /// <param name="cancellationToken">Stops and ends the server.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no such name.</exception>
    /// <exception cref="McpServerException">The server does not start, does not answer in time, or breaks the protocol.</exception>
    public static async Task<McpTools> ConnectAsync(string name, string command, IReadOnlyList<string> arguments, McpToolsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(arguments);
        CheckName(name);
        options ??= new();
        var process = ServerProcess.Start(command, arguments, options);
        return await ConnectAsync(name, process.Input, process.Output, options, process.ComplaintAsync, process.DisposeAsync, TimeProvider.System, cancellationToken);
    }

    internal static async Task<McpTools> ConnectAsync(
        string name, Stream input, Stream output, McpToolsOptions options, Func<bool, Task<string>> complaint, Func<ValueTask> end, TimeProvider clock, CancellationToken cancellationToken)
    {
        var connection = new ServerConnection(name, output, options, complaint, clock);
        try
        {
            var (offered, problems) = await connection.StartAsync(input, cancellationToken);
            var tools = new Dictionary<string, AIFunction>(StringComparer.Ordinal);
            var warnings = problems.Select(problem => $"The MCP server '{name}': {problem}.").ToList();
            foreach (var tool in offered)
            {
                var function = new McpFunction(connection, Named(name, tool), tool);
                if (!tools.TryAdd(function.Name, options.Trusted.Contains(tool.Name, StringComparer.Ordinal) ? function : new ApprovalRequiredAIFunction(function)))
                {
                    warnings.Add($"The MCP server '{name}': the tool '{tool.Name}' would be called {function.Name}, as another is; it is left out.");
                }
            }

            return new(connection, end, [.. tools.Values], warnings);
        }
        catch
        {
            await end();
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server: asks it to by closing its input, and ends it with all that it has started when two seconds have passed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end();
        await _connection.DisposeAsync();
    }

    // Models' interfaces allow letters, digits, '_' and '-'.
    private static string Named(string server, OfferedTool tool) => Prompt.Shorten($"{server}_{tool.Name.Replace('.', '_').Replace('/', '_')}", MaxName);

    private static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!ServerName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' cannot name an MCP server: give 1 to 20 letters, digits and underscores.", nameof(name));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,20}\z")]
    private static partial Regex ServerName();
}
