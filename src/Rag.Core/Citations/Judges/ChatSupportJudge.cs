using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rag.Citations.Judges;

/// <summary>Asks a language model whether a source supports a statement: 1 for supported, 0.5 for partly, 0 for unsupported. Safe for concurrent use where the client is.</summary>
/// <remarks>
/// One call a claim, at temperature 0, its reply held to a JSON schema where the client can do so; a few calls at a time. Statement and source lie between fences that they do not hold.
/// A reply that is no verdict counts as unsupported. What the client throws is thrown.
/// </remarks>
/// <param name="client">The model; stays the caller's.</param>
public sealed partial class ChatSupportJudge(IChatClient client) : ISupportJudge
{
    private const int MaxReplyTokens = 64;

    // a local model reads them in one batch, a server takes them side by side
    private const int AtOnce = 4;

    private static readonly string Instructions = Prompt.Read("support");

    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(
        JsonElement.Parse("""
        {
          "type": "object",
          "properties": { "verdict": { "enum": ["supported", "partly", "unsupported"] } },
          "required": ["verdict"],
          "additionalProperties": false
        }
        """), "verdict");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double>> JudgeAsync(IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var scores = new double[claims.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, claims.Count, parallel, async (i, token) => scores[i] = await JudgeAsync(claims[i], token));
        cancellationToken.ThrowIfCancellationRequested();
        return scores;
    }

    private async Task<double> JudgeAsync(SupportClaim claim, CancellationToken cancellationToken)
    {
        var fence = Prompt.Fence([claim.Statement, claim.Source]);
        var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxReplyTokens, ResponseFormat = Format, Reasoning = new() { Effort = ReasoningEffort.None } };
        var reply = await client.GetResponseAsync(
            [
                new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)),
                new(ChatRole.User, $"{fence} source\n{claim.Source}\n{fence}\n\n{fence} statement\n{claim.Statement}\n{fence}"),
            ],
            chat,
            cancellationToken);
        return Verdict().Matches(reply.Text) is [var verdict] ? verdict.Groups[1].Value switch { "supported" => 1, "partly" => 0.5, _ => 0 } : 0;
    }

    // one verdict, whatever stands around it: models like to put JSON between words or fences
    [GeneratedRegex("""\{\s*"verdict"\s*:\s*"(supported|partly|unsupported)"\s*\}""")]
    private static partial Regex Verdict();
}
