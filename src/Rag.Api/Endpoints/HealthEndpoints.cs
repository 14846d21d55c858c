using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Storage;

namespace Rag.Api.Endpoints;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for whoever restarts or routes: open to all, and they tell nothing of documents.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpen("getLiveness", "/health/live", _ => Task.FromResult(Results.Json(new HealthJson("live"), ApiJson.Standard.HealthJson))).WithSummary("Whether the process answers").Produces<HealthJson>();
        routes.MapOpen("getReadiness", "/health/ready", ReadyAsync).WithSummary("Whether questions can be answered").Produces<HealthJson>().Produces<HealthJson>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(HttpContext http)
    {
        try
        {
            await http.RequestServices.GetRequiredService<IChunkStore>().GetVectorSpaceAsync("", http.RequestAborted);
            return Results.Json(new HealthJson("ready"), ApiJson.Standard.HealthJson);
        }
        catch (StoreException)
        {
            // who asks learns that it is not ready; why stands in the log of the request that fails
            return Results.Json(new HealthJson("unready"), ApiJson.Standard.HealthJson, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
