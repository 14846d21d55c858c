namespace Rag.Agents.Tools;

/// <summary>How an MCP server is run and what is taken of it.</summary>
public sealed record McpToolsOptions
{
    /// <summary>Tools that need no approval, by the names that the server gives them. What the server says of its tools, such as that one only reads, is not believed. Default none.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>Variables that the server gets besides the few that any program needs, such as PATH and HOME; others of this process are kept from it. Default none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the server runs. Default: where this process does.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>How long the server may take until its tools are known, more than zero. Default thirty seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan StartTimeout { get; init => field = MoreThanZero(value); } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may take, more than zero. Default thirty seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan CallTimeout { get; init => field = MoreThanZero(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one message of the server, at least 1. A server that sends a longer one, or four times as much without being asked anew, is ended. Default four million.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxMessage { get; init => field = AtLeastOne(value); } = 4_000_000;

    /// <summary>Tools that are taken, at least 1; of more the first. Default 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxTools { get; init => field = AtLeastOne(value); } = 64;

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static TimeSpan MoreThanZero(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
