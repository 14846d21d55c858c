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
        var terms = analyzer.Terms(text);
        for (var i = 0; i < terms.Count; i++)
        {
            All.Add(terms[i].Text);
            _forms.Add((terms[i].Text, terms[i].Span.Of(text).ToLowerInvariant()));
            for (var j = i + 1; j < terms.Count && terms[j].Position - terms[i].Position <= MaxGap; j++)
            {
                Pairs.Add((terms[i].Text, terms[j].Text));
            }
        }
    }

    /// <summary>The distinct terms.</summary>
    public HashSet<string> All { get; } = new(StringComparer.Ordinal);

    /// <summary>Terms that stand side by side, in order.</summary>
    public HashSet<(string First, string Second)> Pairs { get; } = [];

    /// <summary>Whether a term stands here in a form, such as <c>migrations</c>; lower case.</summary>
    public bool HasForm(string term, string form) => _forms.Contains((term, form));
}
