using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Evaluation;
using Rag.Evaluation.Results;

namespace Rag.Api.Endpoints;

/// <summary><c>GET /api/evaluations</c>: what <c>rag eval</c> measured and kept with <c>--out</c>.</summary>
internal static class EvaluationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("listEvaluations", "GET", "/api/evaluations", ApiScope.Observe, ListAsync).WithSummary("What was measured: means of runs, in the order of their files")
            .Fails(501, "not-configured").Produces<EvaluationsJson>();

    private static async Task<IResult> ListAsync(ApiCall call)
    {
        var folder = call.Options.RunsFolder ?? throw ApiProblemException.Lacking("folder of runs", "Name the folder into which 'rag eval' writes with --out.");
        var (runs, unreadable) = (new List<RunJson>(), new List<string>());
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json*").Order(StringComparer.Ordinal) : [];
        foreach (var path in files)
        {
            var file = Path.GetFileName(path);
            try
            {
                runs.AddRange((await ResultsFile.ReadAsync(path, call.Cancelled)).Select(run => RunJson.Of(file, run)));
            }
            catch (EvaluationFileException)
            {
                unreadable.Add(file);
            }
        }

        return ApiCall.Json(new EvaluationsJson(runs, unreadable), t => t.EvaluationsJson);
    }
}
