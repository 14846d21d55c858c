namespace Rag.Evaluation.Spans;

/// <summary>A question whose answer is one or several exact stretches of a text.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="DocumentId">The text that answers it.</param>
/// <param name="Excerpts">Where it does, in UTF-16 code units; at least one, none empty.</param>
public sealed record SpanQuestion(string Text, string DocumentId, IReadOnlyList<TextSpan> Excerpts);
