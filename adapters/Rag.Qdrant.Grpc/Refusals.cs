using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Grpc.Core;
using Rag.Storage;

namespace Rag.Qdrant.Grpc;

/// <summary>A refusal over gRPC as REST has it, so that the store tries again what may pass and says the rest in its own words.</summary>
internal static class Refusals
{
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="StoreException">The client has to be made otherwise, which the store cannot know.</exception>
    public static HttpResponseMessage Of(RpcException refusal, string server, string collection)
    {
        var (code, said) = (refusal.StatusCode, refusal.Status.Detail.TrimEnd('.'));
        switch (code)
        {
            case StatusCode.Unavailable:
                throw new HttpRequestException(refusal.Status.DebugException?.Message ?? said, refusal);
            case StatusCode.Unauthenticated or StatusCode.PermissionDenied:
                throw new StoreException($"The Qdrant server '{server}' refuses the API key of the QdrantClient: {said}. Make the client with a key that may read and write '{collection}'.", refusal);
            case StatusCode.ResourceExhausted when said.Contains("maximum configured message size", StringComparison.Ordinal):
                throw new StoreException($"A message between the Qdrant server '{server}' and the QdrantClient is too long: {said}. Make the client over a GrpcChannel that takes longer ones (GrpcChannelOptions.MaxReceiveMessageSize, 4 MB by default), or split the document.", refusal);
        }

        var error = new JsonObject { ["status"] = new JsonObject { ["error"] = $"{code}: {said}" } };
        var answer = new HttpResponseMessage(Status(code)) { Content = new StringContent(error.ToJsonString()) };
        if (int.TryParse(refusal.Trailers.GetValue("retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        }

        return answer;
    }

    private static HttpStatusCode Status(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument => HttpStatusCode.BadRequest,
        StatusCode.NotFound or StatusCode.Unimplemented => HttpStatusCode.NotFound,
        StatusCode.AlreadyExists => HttpStatusCode.Conflict,
        StatusCode.ResourceExhausted => HttpStatusCode.TooManyRequests,
        StatusCode.DeadlineExceeded => HttpStatusCode.GatewayTimeout,
        _ => HttpStatusCode.InternalServerError,
    };
}
