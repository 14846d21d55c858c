using Rag.Analysis;

namespace Rag.Citations;

/// <summary>A passage made ready for checking: its sentences and the terms of each.</summary>
internal sealed class PassageText
{
    private readonly CollapsedText _collapsed;
    private readonly IAnalyzer _analyzer;
    private readonly Statement?[] _statements;
    private readonly string _heading;
    private IReadOnlyList<Statement>? _all;
    private IReadOnlyList<Clause>? _clauses;
    private readonly HashSet<string> _headingTerms;

    public PassageText(Passage passage, IAnalyzer analyzer)
    {
        (Passage, _analyzer) = (passage, analyzer);
        var text = passage.Chunk.Text;
        _collapsed = new(text);
        Sentences = SentenceSegmenter.Split(text, new(0, text.Length), passage.Chunk.Language);
        Terms = [.. Sentences.Select(span => analyzer.Terms(span.Of(text)).Select(term => term.Text).ToHashSet(StringComparer.Ordinal))];
        _statements = new Statement?[Sentences.Count];
        _heading = $"{passage.Chunk.Title} {passage.Chunk.Context}";
        _headingTerms = analyzer.Terms(_heading).Select(term => term.Text).ToHashSet(StringComparer.Ordinal);
    }

    public Passage Passage { get; }

    /// <summary>Where each sentence stands in the chunk's text, ascending.</summary>
    public IReadOnlyList<TextSpan> Sentences { get; }

    /// <summary>The terms of each sentence.</summary>
    public IReadOnlyList<HashSet<string>> Terms { get; }

    /// <summary>The sentences that hold <paramref name="words"/> verbatim, white space aside, as first and last index; <see langword="null"/> when none do.</summary>
    public (int First, int Last)? Verbatim(string words)
    {
        if (_collapsed.Find(words) is not { } found)
        {
            return null;
        }

        var first = Sentences.TakeWhile(span => span.End <= found.Start).Count();
        var last = Sentences.TakeWhile(span => span.Start < found.End).Count() - 1;
        return first <= last ? (first, last) : null;
    }

    /// <summary>A run of sentences as evidence.</summary>
    public Evidence Quote(int first, int last)
    {
        var span = new TextSpan(Sentences[first].Start, Sentences[last].End);
        return new(Passage, span, span.Of(Passage.Chunk.Text), [.. Enumerable.Range(first, last - first + 1).SelectMany(i => Terms[i])])
        {
            Statements = [.. Enumerable.Range(first, last - first + 1).Select(StatementOf)],
            Whole = this,
            Heading = _heading,
        };
    }

    /// <summary>Whether the title or the headings hold a term of one of a claim's names.</summary>
    public bool NamesAbove(string term, Claim claim) => claim.NameTerms.Contains(term) && _headingTerms.Contains(term);

    /// <summary>Its sentences, taken apart.</summary>
    public IReadOnlyList<Statement> Statements => _all ??= [.. Enumerable.Range(0, Sentences.Count).Select(StatementOf)];

    /// <summary>The clauses of its sentences.</summary>
    public IReadOnlyList<Clause> Clauses => _clauses ??= [.. Statements.SelectMany(s => s.Clauses)];

    private Statement StatementOf(int sentence) => _statements[sentence] ??= new(Sentences[sentence].Of(Passage.Chunk.Text), _analyzer);
}

/// <summary>A run of sentences of a passage that may support a claim.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Span">Where the words stand in the chunk's text.</param>
/// <param name="Quote">The words.</param>
/// <param name="Terms">Their terms.</param>
internal sealed record Evidence(Passage Passage, TextSpan Span, string Quote, HashSet<string> Terms)
{
    /// <summary>Its sentences, taken apart.</summary>
    public required IReadOnlyList<Statement> Statements { get; init; }

    /// <summary>The passage that it was taken from.</summary>
    public required PassageText Whole { get; init; }

    /// <summary>Title and headings of the passage, which say of whom "she" and "it" speak.</summary>
    public required string Heading { get; init; }

    /// <summary>Whether a name stands in the quote or above it.</summary>
    public bool Names(string name) => Citations.Names.Stands(name, Quote) || Citations.Names.Stands(name, Heading);

    /// <summary>Whether the quote holds a term, or the heading one of a name.</summary>
    public bool Holds(string term, Claim claim) => Terms.Contains(term) || Whole.NamesAbove(term, claim);
}
