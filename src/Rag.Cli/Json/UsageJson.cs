namespace Rag.Cli.Json;

/// <summary>Tokens that an answer took.</summary>
internal sealed record UsageJson(int PromptTokens, int CompletionTokens);

/// <summary>Where the time went, in milliseconds.</summary>
internal sealed record TimingsJson(double RetrieveMs, double RerankMs, double FirstTokenMs, double GenerateMs, double VerifyMs)
{
    // No re-ranker exists yet, so its share is zero.
    public static TimingsJson Of(AnswerTimings t) =>
        new(Ms(t.Retrieve), 0, Ms(t.FirstToken), Ms(t.Generate), Ms(t.Verify));

    private static double Ms(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
