using Rag.Citations;

namespace Rag.Evaluation.Tests.Support;

/// <summary>A judge that knows which letters a source holds: a statement is supported where the source holds all of its letters.</summary>
internal sealed class ScriptedJudge : ISupportJudge
{
    public Task<IReadOnlyList<double>> JudgeAsync(IReadOnlyList<SupportClaim> claims, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<double>>([.. claims.Select(c => c.Statement.Where(char.IsAsciiLetterLower).All(c.Source.Contains) ? 1.0 : 0)]);
    }
}
