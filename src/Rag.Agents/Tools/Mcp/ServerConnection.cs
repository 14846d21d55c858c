using System.Globalization;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Rag.Agents.Tools.Mcp;

/// <summary>What is said with a server, within limits of time and length. Each failure is a <see cref="McpServerException"/>.</summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    private const int MaxPages = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _name;
    private readonly LimitedStream _output;
    private readonly Func<bool, Task<string>> _complaint;
    private readonly McpToolsOptions _options;
    private readonly TimeProvider _clock;
    private McpClient? _client;

    public ServerConnection(string name, Stream output, McpToolsOptions options, Func<bool, Task<string>> complaint, TimeProvider clock)
    {
        (_name, _output, _options, _complaint, _clock) = (name, new(output, options.MaxMessage), options, complaint, clock);
    }

    /// <summary>Greets the server and reads its tools, as far as they are usable.</summary>
    public Task<(IReadOnlyList<OfferedTool> Tools, IReadOnlyList<string> Problems)> StartAsync(Stream input, CancellationToken cancellationToken) => LimitAsync(
        async token =>
        {
            _client = await McpClient.CreateAsync(new StreamClientTransport(input, _output), new() { InitializationTimeout = _options.StartTimeout, TimeProvider = _clock }, cancellationToken: token);
            return await ListAsync(_client, token);
        },
        _options.StartTimeout,
        "did not say what tools it has",
        cancellationToken);

    public Task<CallToolResult> CallAsync(string tool, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellationToken) =>
        LimitAsync(async token => await _client!.CallToolAsync(tool, arguments, cancellationToken: token), _options.CallTimeout, $"did not answer the call of '{tool}'", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            try
            {
                await _client.DisposeAsync().AsTask().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                // its server has been ended, so nothing waits for it
            }
        }
    }

    private async Task<(IReadOnlyList<OfferedTool>, IReadOnlyList<string>)> ListAsync(McpClient client, CancellationToken cancellationToken)
    {
        var (tools, problems) = (new Dictionary<string, OfferedTool>(StringComparer.Ordinal), new List<string>());
        string? cursor = null;
        for (var page = 0; page < MaxPages; page++)
        {
            _output.Ask();
            var response = await client.SendRequestAsync(new JsonRpcRequest { Method = RequestMethods.ToolsList, Params = cursor is null ? new JsonObject() : new JsonObject { ["cursor"] = cursor } }, cancellationToken);
            foreach (var entry in (response.Result as JsonObject)?["tools"] as JsonArray ?? [])
            {
                if (tools.Count == _options.MaxTools)
                {
                    problems.Add(string.Create(CultureInfo.InvariantCulture, $"it has more than {_options.MaxTools} tools; the others are left out"));
                    return ([.. tools.Values], problems);
                }

                var (tool, problem) = OfferedTool.Read(entry);
                problem = tool is not null && !tools.TryAdd(tool.Name, tool) ? $"two tools have the name '{tool.Name}'; the second is left out" : problem;
                if (problem is not null && problems.Count < _options.MaxTools)
                {
                    problems.Add(problem);
                }
            }

            cursor = (response.Result as JsonObject)?["nextCursor"] is JsonValue next && next.TryGetValue<string>(out var text) ? text : null;
            if (cursor is null)
            {
                return ([.. tools.Values], problems);
            }
        }

        problems.Add(string.Create(CultureInfo.InvariantCulture, $"its list of tools has more than {MaxPages} pages; the others are left out"));
        return ([.. tools.Values], problems);
    }

    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan timeout, string failure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _output.Ask();
        using var late = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // Writing to a server that does not read heeds no token, so it is left behind, whatever becomes of it.
            var asked = Task.Run(() => ask(either.Token), CancellationToken.None);
            _ = asked.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await Task.WhenAny(asked, _output.Ended).WaitAsync(either.Token);
            if (!asked.IsCompleted)
            {
                await either.CancelAsync();
                throw await FailureAsync(failure, await _output.Ended);
            }

            return await asked;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && late.IsCancellationRequested)
        {
            throw await FailureAsync(failure, string.Create(CultureInfo.InvariantCulture, $"{timeout.TotalSeconds} seconds have passed"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not McpServerException)
        {
            // What the protocol's client throws when a server misbehaves is not documented in full.
            throw await FailureAsync(failure, _output.Ended.IsCompletedSuccessfully ? await _output.Ended : Prompt.Shorten(Prompt.OnOneLine(exception.Message), 500), exception);
        }
    }

    private async Task<McpServerException> FailureAsync(string what, string why, Exception? inner = null)
    {
        var complaint = await _complaint(_output.Ended.IsCompleted);
        return new($"The MCP server '{_name}' {what}: {why.TrimEnd('.')}.{(complaint.Length > 0 ? $" Its last complaint: {complaint}" : "")}", inner);
    }
}
