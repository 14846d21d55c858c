namespace Rag.Api.Json;

/// <summary>Tokens that an answer took.</summary>
internal sealed record UsageJson(int PromptTokens, int CompletionTokens);

/// <summary>Where the time went, in milliseconds.</summary>
internal sealed record TimingsJson(double RetrieveMs, double RerankMs, double FirstTokenMs, double GenerateMs, double VerifyMs)
{
    /// <param name="t">Where the time went; re-ranking is a part of retrieving.</param>
    /// <param name="rerank">That part.</param>
    public static TimingsJson Of(AnswerTimings t, TimeSpan rerank) =>
        new(Ms(t.Retrieve - rerank), Ms(rerank), Ms(t.FirstToken), Ms(t.Generate), Ms(t.Verify));

    private static double Ms(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
