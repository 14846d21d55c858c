namespace Rag.Api.Json;

/// <summary>Tokens that an answer took.</summary>
internal sealed record UsageJson(
    [Description("Tokens that a model read.")] int PromptTokens,
    [Description("Tokens that a model wrote.")] int CompletionTokens);

/// <summary>Where the time went, in milliseconds.</summary>
internal sealed record TimingsJson(
    [Description("Milliseconds that finding passages took, without re-ranking.")] double RetrieveMs,
    [Description("Milliseconds that re-ranking took.")] double RerankMs,
    [Description("Milliseconds from the beginning of the writing to its first token.")] double FirstTokenMs,
    [Description("Milliseconds that writing the answer took.")] double GenerateMs,
    [Description("Milliseconds that checking the citations took.")] double VerifyMs)
{
    /// <param name="t">Where the time went; re-ranking is a part of retrieving.</param>
    /// <param name="rerank">That part.</param>
    public static TimingsJson Of(AnswerTimings t, TimeSpan rerank) =>
        new(Ms(t.Retrieve - rerank), Ms(rerank), Ms(t.FirstToken), Ms(t.Generate), Ms(t.Verify));

    private static double Ms(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
