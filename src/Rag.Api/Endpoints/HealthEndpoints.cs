using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Storage;

namespace Rag.Api.Endpoints;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for whoever restarts or routes: open to all, and they tell nothing of documents.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new HealthJson("live"), ApiJson.Standard.HealthJson)).WithMetadata(new ApiOperation("getLiveness", ApiScope.None)).WithSummary("Whether the process answers").Produces<HealthJson>();
        routes.MapGet("/health/ready", ReadyAsync).WithMetadata(new ApiOperation("getReadiness", ApiScope.None)).WithSummary("Whether questions can be answered").Produces<HealthJson>().Produces<HealthJson>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(IChunkStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.GetVectorSpaceAsync("", cancellationToken);
            return Results.Json(new HealthJson("ready"), ApiJson.Standard.HealthJson);
        }
        catch (StoreException)
        {
            // who asks learns that it is not ready; why stands in the log of the request that fails
            return Results.Json(new HealthJson("unready"), ApiJson.Standard.HealthJson, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
