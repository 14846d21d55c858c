namespace Rag.Testing.Qdrant;

/// <summary>What goes wrong with a request. Each is used up by the requests that it meets, in the order in which faults were added.</summary>
public abstract record QdrantFault
{
    private QdrantFault()
    {
    }

    /// <summary>Which requests it meets; all by default.</summary>
    public Predicate<QdrantRequest> When { get; init; } = _ => true;

    /// <summary>How many requests it meets before it is over, at least 1; 1 by default.</summary>
    public int Times { get; init; } = 1;

    /// <summary>No answer comes, however long the caller waits; nothing is applied.</summary>
    public sealed record NoAnswer : QdrantFault;

    /// <summary>429 with the seconds to wait; nothing is applied.</summary>
    public sealed record TooManyRequests(int RetryAfterSeconds) : QdrantFault;

    /// <summary>500; nothing is applied.</summary>
    public sealed record ServerError : QdrantFault;

    /// <summary>The connection is lost before anything is applied, or after all was and before the answer.</summary>
    public sealed record Reset(bool AfterApplying) : QdrantFault;

    /// <summary>The first <paramref name="Points"/> points of the request change, then 500.</summary>
    public sealed record HalfWritten(int Points) : QdrantFault;
}
