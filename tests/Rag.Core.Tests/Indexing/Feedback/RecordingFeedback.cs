using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing.Feedback;

/// <summary>Remembers what another feedback made of the last query.</summary>
internal sealed class RecordingFeedback(IFeedback inner) : IFeedback
{
    public TermVector Expanded { get; private set; } = TermVector.Empty;

    public TermVector Expand(TermVector query, FeedbackEvidence evidence) => Expanded = inner.Expand(query, evidence);
}
