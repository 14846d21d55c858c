using Rag.Analysis;

namespace Rag.Citations;

/// <summary>A passage made ready for checking: its sentences and the terms of each.</summary>
internal sealed class PassageText
{
    private readonly CollapsedText _collapsed;

    public PassageText(Passage passage, IAnalyzer analyzer)
    {
        Passage = passage;
        var text = passage.Chunk.Text;
        _collapsed = new(text);
        Sentences = SentenceSegmenter.Split(text, new(0, text.Length), passage.Chunk.Language);
        Terms = [.. Sentences.Select(span => analyzer.Terms(span.Of(text)).Select(term => term.Text).ToHashSet(StringComparer.Ordinal))];
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
        return new(Passage, span, span.Of(Passage.Chunk.Text), [.. Enumerable.Range(first, last - first + 1).SelectMany(i => Terms[i])]);
    }
}

/// <summary>A run of sentences of a passage that may support a claim.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Span">Where the words stand in the chunk's text.</param>
/// <param name="Quote">The words.</param>
/// <param name="Terms">Their terms.</param>
internal sealed record Evidence(Passage Passage, TextSpan Span, string Quote, HashSet<string> Terms);
