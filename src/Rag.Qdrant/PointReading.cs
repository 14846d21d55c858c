using System.Runtime.CompilerServices;
using Rag.Qdrant.Api;

namespace Rag.Qdrant;

/// <summary>Points read one by one or all that match.</summary>
internal static class PointReading
{
    private const int PageSize = 256;

    public static async Task<Point?> RetrieveAsync(this QdrantClient client, string id, CancellationToken cancellationToken) =>
        (await client.SendAsync(HttpMethod.Post, client.PathOf("/points"), new RetrieveRequest([id]), QdrantJson.Default.RetrieveRequest, QdrantJson.Default.ReplyIReadOnlyListPoint, cancellationToken)) is [var point, ..] ? point : null;

    /// <summary>Every point that matches, in the order of their ids.</summary>
    public static async IAsyncEnumerable<Point> ScrollAsync(this QdrantClient client, Condition filter, PayloadSelector? payload, [EnumeratorCancellation] CancellationToken cancellationToken, bool withVector = false)
    {
        var request = new ScrollRequest(filter, PageSize) { WithPayload = payload ?? new() { Exclude = [] }, WithVector = withVector };
        do
        {
            var page = await client.SendAsync(HttpMethod.Post, client.PathOf("/points/scroll"), request, QdrantJson.Default.ScrollRequest, QdrantJson.Default.ReplyScrollResult, cancellationToken);
            foreach (var point in page.Points)
            {
                yield return point;
            }

            request = request with { Offset = page.NextPageOffset };
        }
        while (request.Offset is not null);
    }
}
