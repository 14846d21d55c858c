using Rag.Citations;

namespace Rag.Testing;

/// <summary>Checks answers without waiting, as a verifier that compares words can.</summary>
public static class Verification
{
    public static Answer Verify(this CitationVerifier verifier, string question, string text, IReadOnlyList<Passage> passages, CancellationToken cancellationToken = default) =>
        verifier.VerifyAsync(question, text, passages, cancellationToken).GetAwaiter().GetResult();
}
