using Rag.Analysis;

namespace Rag.Citations;

/// <summary>A sentence of an answer that a source must support.</summary>
internal sealed class Claim
{
    private readonly IAnalyzer _analyzer;
    private readonly Dictionary<string, string> _words;

    /// <param name="text">The sentence without marks.</param>
    /// <param name="analyzer">Of the passages' language.</param>
    /// <param name="weigh">How much a term counts.</param>
    /// <param name="names">Names that stand in the passages.</param>
    /// <param name="capitals">Words that the passages write with a capital letter only, so that they may be names.</param>
    public Claim(string text, IAnalyzer analyzer, Func<string, double> weigh, IReadOnlySet<string> names, IReadOnlySet<string> capitals)
    {
        _analyzer = analyzer;
        Text = text;
        // numbers in words are compared by value, since the source may have digits
        var spelled = Quantities.In(text).Where(q => q.Digits is null).Select(q => q.Span).ToList();
        _words = analyzer.Terms(text).Where(t => !spelled.Any(span => span.Contains(t.Span))).DistinctBy(t => t.Text).ToDictionary(t => t.Text, t => t.Span.Of(text), StringComparer.Ordinal);
        Weights = _words.Keys.ToDictionary(term => term, weigh, StringComparer.Ordinal);
        Total = Weights.Values.Sum();
        Statement = new(text, analyzer);
        Actors = ActorsOf(text, capitals);
        Names = [.. ActorsOf(text, names).SelectMany(a => a.Name.Split(' ', '-')).Select(Citations.Names.WithoutCase).Where(name => name.Length > 1 && char.IsUpper(name[0])).Distinct(StringComparer.Ordinal)];
        NameTerms = TermsOf(string.Join(' ', Names));
    }

    public string Text { get; }

    /// <summary>Its terms and how rare each is.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; }

    /// <summary>Sum of the weights.</summary>
    public double Total { get; }

    public Statement Statement { get; }

    /// <summary>Its names, a word each.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The terms of its names.</summary>
    public IReadOnlySet<string> NameTerms { get; }

    /// <summary>Its names and what may be one, in order, those of several words as one.</summary>
    public IReadOnlyList<(string Name, TextSpan Span)> Actors { get; }

    /// <summary>The word in the sentence that a term stands for.</summary>
    public string WordOf(string term) => _words[term];

    /// <summary>Where each term of a piece of text stands first.</summary>
    public IReadOnlyDictionary<string, TextSpan> PlacesOf(string text) => _analyzer.Terms(text).DistinctBy(t => t.Text).ToDictionary(t => t.Text, t => t.Span, StringComparer.Ordinal);

    /// <summary>The terms of a piece of text.</summary>
    public IReadOnlySet<string> TermsOf(string text) => _analyzer.Terms(text).Select(t => t.Text).ToHashSet(StringComparer.Ordinal);

    private static List<(string Name, TextSpan Span)> ActorsOf(string text, IReadOnlySet<string> known)
    {
        var words = Citations.Names.In(text).Select(m => (Name: m.Value, Span: new TextSpan(m.Index, m.Index + m.Length))).ToList();
        // the first word of a sentence has a capital in any case; that it is a name shows elsewhere
        if (Citations.Names.First(text) is { Length: > 0 } first && known.Contains(first) && (words.Count == 0 || words[0].Span.Start > 0))
        {
            words.Insert(0, (first, new(0, first.Length)));
        }

        var actors = new List<(string Name, TextSpan Span)>();
        foreach (var word in words)
        {
            if (actors.Count > 0 && word.Span.Start - actors[^1].Span.End == 1 && text[actors[^1].Span.End] == ' ')
            {
                var span = new TextSpan(actors[^1].Span.Start, word.Span.End);
                actors[^1] = (span.Of(text), span);
            }
            else
            {
                actors.Add(word);
            }
        }

        return actors;
    }
}
