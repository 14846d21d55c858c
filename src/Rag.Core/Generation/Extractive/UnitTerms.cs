using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>The terms of a text, the forms in which they stand, and which stand side by side.</summary>
internal sealed class UnitTerms
{
    // Side by side, or with one word between, such as a stop word.
    private const int MaxGap = 2;

    private readonly HashSet<(string Term, string Form)> _forms = [];

    public UnitTerms(string text, IAnalyzer analyzer)
    {
        InOrder = analyzer.Terms(text);
        for (var i = 0; i < InOrder.Count; i++)
        {
            All.Add(InOrder[i].Text);
            _forms.Add((InOrder[i].Text, InOrder[i].Span.Of(text).ToLowerInvariant()));
            for (var j = i + 1; j < InOrder.Count && InOrder[j].Position - InOrder[i].Position <= MaxGap; j++)
            {
                Pairs.Add((InOrder[i].Text, InOrder[j].Text));
            }
        }
    }

    /// <summary>The terms as they stand.</summary>
    public IReadOnlyList<Term> InOrder { get; }

    /// <summary>The distinct terms.</summary>
    public HashSet<string> All { get; } = new(StringComparer.Ordinal);

    /// <summary>Terms that stand side by side, in order.</summary>
    public HashSet<(string First, string Second)> Pairs { get; } = [];

    /// <summary>Whether a term stands here in a form, such as <c>migrations</c>; lower case.</summary>
    public bool HasForm(string term, string form) => _forms.Contains((term, form));

    /// <summary>Whether a term or one that begins alike stands here, such as <c>foundat</c> for <c>founder</c>.</summary>
    public bool HasAkin(string term) => All.Contains(term) || All.Any(other => AreAkin(term, other));

    // Of the shorter term seven letters in ten, and at least four, so that a stem meets its derivations and few others.
    private static bool AreAkin(string one, string other)
    {
        var shorter = Math.Min(one.Length, other.Length);
        var alike = one.AsSpan().CommonPrefixLength(other);
        return alike >= 4 && alike >= 0.7 * shorter && Math.Abs(one.Length - other.Length) <= 5;
    }
}
