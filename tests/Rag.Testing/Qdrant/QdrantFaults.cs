using System.Globalization;
using System.Net;
using System.Text;

namespace Rag.Testing.Qdrant;

/// <summary>What happens to a request on its way: <paramref name="pass"/> has the server deal with it and gives its answer.</summary>
/// <param name="route">The method and the path below the collection, such as <c>PUT points</c>.</param>
/// <param name="pass">Called not at all, once or, as where a proxy repeats itself, more often.</param>
/// <param name="cancellationToken">Ends the caller's wait.</param>
public delegate Task<HttpResponseMessage> QdrantFault(string route, CancellationToken cancellationToken, Func<Task<HttpResponseMessage>> pass);

/// <summary>The usual faults. One made by <see cref="Times"/> or <see cref="KilledAfterWrites"/> counts, so it is for one <see cref="QdrantDouble.Between"/>; all are safe for concurrent use.</summary>
public static class QdrantFaults
{
    /// <summary>Nothing goes wrong.</summary>
    public static QdrantFault None { get; } = (_, _, pass) => pass();

    /// <summary>No answer comes, however long the caller waits; nothing is applied.</summary>
    public static QdrantFault NoAnswer { get; } = async (_, cancellationToken, pass) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return await pass();
    };

    /// <summary>500; nothing is applied.</summary>
    public static QdrantFault ServerError { get; } = (_, _, _) => Task.FromResult(Answer(HttpStatusCode.InternalServerError, "Service internal error: something broke"));

    /// <summary>The connection is lost before the server has the request.</summary>
    public static QdrantFault ResetBefore { get; } = (_, _, _) => throw Lost();

    /// <summary>The connection is lost after the server has applied the request and before its answer is there.</summary>
    public static QdrantFault ResetAfter { get; } = async (_, _, pass) =>
    {
        using var answer = await pass();
        throw Lost();
    };

    /// <summary>429 with the seconds to wait; nothing is applied.</summary>
    public static QdrantFault TooManyRequests(int retryAfterSeconds) => (_, _, _) =>
    {
        var answer = Answer(HttpStatusCode.TooManyRequests, "Rate limiting exceeded: Write rate limit exceeded, retry later");
        answer.Headers.Add("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture));
        return Task.FromResult(answer);
    };

    /// <summary>The server dies once it has answered this many writes: every request after that, reads too, finds nobody, until <see cref="QdrantDouble.Between"/> is set to another.</summary>
    public static QdrantFault KilledAfterWrites(int writes)
    {
        var (gate, left) = (new Lock(), writes);
        return (route, _, pass) =>
        {
            lock (gate)
            {
                if (left == 0)
                {
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
                }

                left -= IsWrite(route) ? 1 : 0;
            }

            return pass();
        };
    }

    /// <summary>The fault where the route is of a kind, nothing elsewhere.</summary>
    public static QdrantFault On(this QdrantFault fault, Predicate<string> route) => (r, cancellationToken, pass) => (route(r) ? fault : None)(r, cancellationToken, pass);

    /// <summary>The fault for the first requests, nothing after them. Put <see cref="On"/> around it to count only requests of a kind.</summary>
    public static QdrantFault Times(this QdrantFault fault, int times)
    {
        var met = 0;
        return (route, cancellationToken, pass) => (Interlocked.Increment(ref met) <= times ? fault : None)(route, cancellationToken, pass);
    }

    /// <summary>For <see cref="QdrantDouble.BeforePoint"/>: the first points of a request change, then it fails with 500.</summary>
    public static Action<int> HalfWritten(int points) => i =>
    {
        if (i == points)
        {
            throw new QdrantRefusalException(500, "Service internal error: the disk failed in the middle of a batch");
        }
    };

    /// <summary>Whether the route may change something.</summary>
    public static bool IsWrite(string route) => route switch
    {
        "POST points" or "POST facet" => false,
        _ when route.StartsWith("GET", StringComparison.Ordinal) || route.StartsWith("POST points/query", StringComparison.Ordinal) => false,
        _ => route is not ("POST points/scroll" or "POST points/count"),
    };

    private static HttpRequestException Lost() => new("An error occurred while sending the request.", new IOException("Connection reset by peer"));

    private static HttpResponseMessage Answer(HttpStatusCode status, string reason) =>
        new(status) { Content = new StringContent($$"""{"status":{"error":"{{reason}}"},"time":0}""", Encoding.UTF8, "application/json") };
}
