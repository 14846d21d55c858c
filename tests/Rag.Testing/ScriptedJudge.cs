using Rag.Citations;

namespace Rag.Testing;

/// <summary>A judge that says what it was told to, and remembers what it was asked.</summary>
public sealed class ScriptedJudge(Func<SupportClaim, double> judge) : ISupportJudge
{
    /// <summary>The claims of all calls.</summary>
    public List<SupportClaim> Claims { get; } = [];

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    public Task<IReadOnlyList<double>> JudgeAsync(IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken = default)
    {
        Calls++;
        Claims.AddRange(claims);
        return Task.FromResult<IReadOnlyList<double>>([.. claims.Select(judge)]);
    }
}
