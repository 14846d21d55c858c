using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Analysis;

namespace Rag.Queries;

/// <summary>Takes a question that asks several things apart, without a model: at question marks, and at an "and" before a question word. Deterministic, safe for concurrent use.</summary>
/// <remarks>
/// The whole question stays the first query; a part that leans on an earlier part gets its words as by <see cref="FollowUpTransformer"/>. A question that asks one thing stays alone.
/// Knows the words of English, German, French, Spanish, Italian, Portuguese and Dutch.
/// </remarks>
public sealed partial class SplittingTransformer : IQueryTransformer
{
    private const int MaxParts = 4;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        var language = LanguageDetector.Detect(query.Text);
        var parts = Joint().Split(query.Text).Select(part => part.Trim()).Where(part => ContentWords.Of(part, language).Any()).Take(MaxParts).ToArray();
        return Task.FromResult<IReadOnlyList<Query>>(parts.Length < 2 ? [query] : [query, .. parts.Select((part, i) =>
            FollowUpTransformer.StandAlone(query with { Text = part, History = [.. parts.Take(i).Select(before => new ChatMessage(ChatRole.User, before))] }) with { History = [] })]);
    }

    [GeneratedRegex("""
        (?<=[?؟])\s+(?=\S)
        | (?<=？)\s*(?=\S)
        | [\s,;]+ and \s+ (?=(?:what|who|whom|whose|when|where|which|why|how|is|are|was|were|does|do|did|can|could|should|will)\b)
        | [\s,;]+ und \s+ (?=(?:was|wer|wen|wem|wessen|wann|wo|woher|wohin|welche[rsnm]?|warum|wieso|weshalb|wie|ist|sind|hat|kann)\b)
        | [\s,;]+ et  \s+ (?=(?:que|qui|quoi|quand|où|quel|quels|quelle|quelles|pourquoi|comment|combien|est-ce)\b)
        | [\s,;]+ y   \s+ (?=(?:qué|quién|quiénes|cuándo|dónde|cuál|cuáles|cómo|cuánto|cuántos|por\ qué)\b)
        | [\s,;]+ e   \s+ (?=(?:che|chi|quando|dove|quale|quali|perché|come|quanto|quanti|que|quem|onde|qual|quais|como|por\ que)\b)
        | [\s,;]+ en  \s+ (?=(?:wat|wie|wanneer|waar|welke?|waarom|hoe)\b)
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Joint();
}
