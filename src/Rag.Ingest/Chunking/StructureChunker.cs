namespace Rag.Ingest.Chunking;

/// <summary>The default chunker: cuts where the document itself has its joints.</summary>
/// <remarks>
/// A section, which is a heading with the text under it, is divided into passages of even length near <see cref="ChunkSize.Target"/>, between blocks where
/// possible, else between sentences, but not behind a colon; a sentence is cut (between words) only when it alone exceeds <see cref="ChunkSize.Max"/>. Tables and code stay whole up
/// to the maximum, then are cut between rows and at blank lines or lines. No passage crosses a heading, with two exceptions: neighbouring sections shorter
/// than a quarter of the target are joined up to the target, and a heading without text joins what follows (at the end of the document, what comes before).
/// <see cref="Chunk.Context"/> is the heading path, <c>A &gt; B &gt; C</c>, of which long headings are shortened, with the <see cref="Block.Context"/> of the blocks, which is a section of its own; of joined sections, the part of the path
/// that they share. Where a passage begins with later rows of a table that was cut, the head of the table follows on new lines, since a chunk's text is
/// always one stretch of the document's. Sizes count the text, not the context. Safe for concurrent use.
/// </remarks>
/// <param name="size">How long passages should be; default 200 to 400 tokens.</param>
/// <param name="counter">What a token is; default <see cref="ApproximateTokenCounter"/>.</param>
public sealed class StructureChunker(ChunkSize? size = null, ITokenCounter? counter = null) : IChunker
{
    private readonly ChunkSize _size = size ?? new();
    private readonly ITokenCounter _counter = counter ?? new ApproximateTokenCounter();

    /// <inheritdoc/>
    public string Name => $"structure/1 {_size.Target}-{_size.Max} {_counter.GetType().Name}";

    /// <inheritdoc/>
    public IReadOnlyList<Chunk> Split(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var cutter = new Cutter(document, _counter);
        var passages = Section.Of(document).SelectMany(section => Passages(section, cutter)).ToList();
        return [.. Groups(passages).SelectMany(group => Joined(group, cutter)).Select((passage, index) => passage.ToChunk(document, index))];
    }

    private IEnumerable<Passage> Passages(Section section, Cutter cutter)
    {
        var units = section.Headings.SelectMany(heading => cutter.Cut(heading, _size.Max, _size.Max)).ToList();
        // Headings stay with the text that follows, so its first unit must leave them room; headings too long for that are text like any other.
        var head = units.Sum(unit => unit.Tokens + 1);
        var kept = head <= _size.Max / 2 ? units.Count : 0;
        var limit = kept > 0 ? _size.Max - head : _size.Max;
        units.AddRange(section.Body.SelectMany(block => cutter.Cut(block, _size.Target, limit)));
        var runs = Runs(units, kept, cutter).SelectMany(run => Fitting(run, cutter)).ToList();
        var isTiny = runs.Count == 1 && runs[0].Tokens <= _size.Target / 4;
        return runs.Select(run => new Passage(Span(run.Units), run.Tokens, section.Path, run.Units[0].TableHeader)
        {
            IsTiny = isTiny,
            IsHeading = section.Body.Count == 0,
        });
    }

    // Even runs: a run ends where one more unit would take it further from the even length than it is now. But words that announce
    // what follows stay with it, and a short rest stays with the last run.
    private IEnumerable<ArraySegment<Unit>> Runs(List<Unit> units, int kept, Cutter cutter)
    {
        var all = units.ToArray();
        var rest = all.Sum(unit => (long)unit.Tokens + 1);
        var even = rest / Math.Max(1d, Math.Max(Math.Round((double)rest / _size.Target), Math.Ceiling((double)rest / _size.Max)));
        var (start, tokens) = (0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            var next = all[i].Tokens + 1;
            var isFull = tokens + next > _size.Max + 1;
            var isShortRest = rest <= _size.Target / 4 && tokens + rest <= _size.Max + 1;
            if (i > Math.Max(start, kept) && (isFull || (tokens + (next / 2d) > even && !isShortRest && !cutter.IsAnnouncement(all[i - 1].Span))))
            {
                yield return new(all, start, i - start);
                (start, tokens) = (i, 0);
            }

            tokens += next;
            rest -= next;
        }

        if (start < all.Length)
        {
            yield return new(all, start, all.Length - start);
        }
    }

    // The sum of the units is an estimate of the whole; where the counter disagrees, the run is halved.
    private IEnumerable<(ArraySegment<Unit> Units, int Tokens)> Fitting(ArraySegment<Unit> run, Cutter cutter)
    {
        var tokens = run.Count == 1 ? run[0].Tokens : cutter.Count(Span(run));
        return tokens <= _size.Max || run.Count == 1
            ? [(run, tokens)]
            : [.. Fitting(run[..(run.Count / 2)], cutter), .. Fitting(run[(run.Count / 2)..], cutter)];
    }

    private IEnumerable<List<Passage>> Groups(List<Passage> passages)
    {
        List<Passage> group = [];
        var tokens = 0;
        for (var i = 0; i < passages.Count; i++)
        {
            var next = passages[i];
            if (group.Count > 0 && !Joins(group, tokens, next, isLast: i == passages.Count - 1))
            {
                yield return group;
                (group, tokens) = ([], 0);
            }

            group.Add(next);
            tokens += next.Tokens + 1;
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private bool Joins(List<Passage> group, int tokens, Passage next, bool isLast)
    {
        var (last, joined) = (group[^1], tokens + next.Tokens);
        if (next.IsHeading && !isLast)
        {
            return last.IsHeading && joined <= _size.Target;
        }

        return (last.IsTiny && next.IsTiny && joined <= _size.Target) || ((last.IsHeading || next.IsHeading) && joined <= _size.Max);
    }

    private List<Passage> Joined(List<Passage> group, Cutter cutter)
    {
        if (group.Count == 1)
        {
            return group;
        }

        var tokens = cutter.Count(new(group[0].Span.Start, group[^1].Span.End));
        return tokens <= _size.Max ? [Passage.Join(group, tokens)] : group;
    }

    private static TextSpan Span(ArraySegment<Unit> units) => new(units[0].Span.Start, units[^1].Span.End);
}
