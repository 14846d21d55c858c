namespace Rag.Qdrant;

/// <summary>How the server makes one list of those by words and by vector. A closed set of cases.</summary>
public abstract record QdrantFusion
{
    private QdrantFusion()
    {
    }

    /// <summary>Chunks that each of the two searches gives to the fusion, at least; more where more results are asked for. Default 100.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Reciprocal rank fusion: the sum of <c>1 / (rank / weight + k - 1)</c>, ranks from 1 (Cormack, Clarke and Buettcher, 2009, with the weights of Qdrant).</summary>
    /// <param name="K">The constant; higher lets later ranks count for more. At least 1.</param>
    /// <param name="WordsWeight">How far ranks by words are drawn together: at 3, the third counts as the first at 1. Above 0; servers before Qdrant 1.17 take only 1.</param>
    /// <param name="VectorWeight">The same for ranks by vector. Above 0.</param>
    public sealed record ReciprocalRank(int K = 60, float WordsWeight = 1, float VectorWeight = 1) : QdrantFusion
    {
        internal bool IsWeighted => (WordsWeight, VectorWeight) != (1, 1);
    }

    /// <summary>Distribution-based score fusion: the sum of scores after scaling each list from its mean less three standard deviations to its mean plus three.</summary>
    public sealed record ScoreDistribution : QdrantFusion;
}
