namespace Rag.Indexing;

/// <summary>What a term adds to a chunk's score, for one average length of the visible chunks.</summary>
internal sealed class TermScorer
{
    // Chunks are rarely longer; of those that are the norm is computed each time.
    private const int TabledLengths = 512;

    // Chunks that are scored together.
    private const int Batch = 64;

    private readonly KeywordModel _model;
    private readonly float _averageLength;
    private readonly float[] _inverseNorms = new float[TabledLengths];

    public TermScorer(KeywordModel model, float averageLength)
    {
        (_model, _averageLength) = (model, averageLength);
        for (var length = 0; length < TabledLengths; length++)
        {
            _inverseNorms[length] = Bm25.InverseNorm(model, model.Length(length), averageLength);
        }
    }

    /// <summary>Whether a term never adds more than <see cref="Most(WeightedTerm, PostingBlock[], Range)"/> says.</summary>
    public bool IsBounded => _model.Mu is null;

    /// <summary>Adds what a term gives to each of its chunks.</summary>
    /// <param name="sums">The scores of chunks from <paramref name="start"/> on.</param>
    /// <param name="start">The first of these chunks.</param>
    /// <param name="term">The term.</param>
    /// <param name="chunks">Chunks that hold it.</param>
    /// <param name="counts">How often each of them does.</param>
    /// <param name="lengths">The length of every chunk.</param>
    public void AddTo(Span<double> sums, int start, WeightedTerm term, ReadOnlySpan<int> chunks, ReadOnlySpan<ushort> counts, ReadOnlySpan<int> lengths)
    {
        if (_model.Mu is not null)
        {
            for (var i = 0; i < chunks.Length; i++)
            {
                sums[chunks[i] - start] += Score(term, counts[i], lengths[chunks[i]]);
            }

            return;
        }

        Span<float> added = stackalloc float[Batch];
        for (; !chunks.IsEmpty; chunks = chunks[Math.Min(Batch, chunks.Length)..], counts = counts[Math.Min(Batch, counts.Length)..])
        {
            var batch = added[..Math.Min(Batch, chunks.Length)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = InverseNorm(lengths[chunks[i]]);
            }

            Bm25.Score(term.Weight, counts, batch);
            for (var i = 0; i < batch.Length; i++)
            {
                sums[chunks[i] - start] += batch[i];
            }
        }
    }

    /// <summary>What a term adds to a chunk.</summary>
    public float Score(WeightedTerm term, int occurrences, int length) => _model.Mu is { } mu
        ? Dirichlet.Score(term.Weight, occurrences, term.Probability, _model.Length(length), mu)
        : Bm25.Score(term.Weight, occurrences, InverseNorm(length));

    /// <summary>The most that a term adds to any chunk of these postings: the score grows with occurrences times inverse norm, in single precision too.</summary>
    public float Most(WeightedTerm term, PostingBlock[] blocks, Range postings)
    {
        var most = 0f;
        for (var i = postings.Start.Value / PostingBlock.Size; i * PostingBlock.Size < postings.End.Value; i++)
        {
            most = Math.Max(most, blocks[i].Most(this));
        }

        return Most(term, most);
    }

    /// <summary>The most that a term adds to a chunk whose occurrences times inverse norm are at most as given.</summary>
    public static float Most(WeightedTerm term, float most) => term.Weight - (term.Weight / (1f + most));

    /// <summary>BM25's <c>1 / (k1 * (1 - b + b * length / average))</c>.</summary>
    public float InverseNorm(int length) => (uint)length < TabledLengths ? _inverseNorms[length] : Bm25.InverseNorm(_model, _model.Length(length), _averageLength);
}
