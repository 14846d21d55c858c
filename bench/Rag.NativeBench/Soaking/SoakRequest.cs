using Rag.Llama.Engine;

namespace Rag.NativeBench.Soaking;

/// <summary>How a request's caller leaves.</summary>
internal enum Leaving
{
    AtTheEnd,
    BeforeTheStart,
    ByToken,
    ByTime,
    ByBreak,
}

/// <summary>A request with what its caller does.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Leaving">How the caller leaves.</param>
/// <param name="LeavesAfter">After that many pieces, or milliseconds.</param>
/// <param name="Roomy">Whether it goes to the engine with much room, else to the one that parks.</param>
/// <param name="IsChecked">Whether its text is computed again alone.</param>
internal sealed record SoakRequest(GenerationRequest Request, Leaving Leaving, int LeavesAfter, bool Roomy, bool IsChecked)
{
    public override string ToString() =>
        $"(prompt {Request.Prompt.Length}, most {Request.MaxTokens}, temperature {Request.Sampling.Temperature}, seed {Request.Sampling.Seed}, stops '{string.Join("' '", Request.Stop)}', "
        + $"{(Request.Grammar is null ? "no grammar" : $"grammar after '{Request.Grammar.After}'")}, beams {Request.Beams?.Width}, adapters {string.Join(' ', Request.Adapters.Select(a => a.Scale))}, "
        + $"{Request.Overflow}, {Leaving} {LeavesAfter}, {(Roomy ? "roomy" : "tight")} engine)";
}
