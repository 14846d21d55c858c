using System.Text.Json;

namespace Rag.Cli.Tests;

/// <summary>What one run of the command did.</summary>
/// <param name="Code">How it ended.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Run(int Code, string Out, string Error)
{
    /// <summary>Standard output as one JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Runs the command in this process.</summary>
    public static Task<Run> RagAsync(params string[] args) => RagAsync(args, _ => null);

    /// <summary>Runs the command in this process with environment variables, or with lines to read.</summary>
    public static async Task<Run> RagAsync(string[] args, Func<string, string?> variable, string? input = null, HttpMessageHandler? transport = null, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var session = new Session(output, error) { Variable = variable, Input = new StringReader(input ?? ""), Transport = transport };
        var code = await RagCommand.InvokeAsync(args, session, cancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Fails unless there is exactly one sentence on standard error, nothing on standard output, and the given exit code.</summary>
    public void AssertComplains(int code, string about)
    {
        Assert.Equal(code, Code);
        Assert.Empty(Out);
        Assert.Contains(about, Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }
}
