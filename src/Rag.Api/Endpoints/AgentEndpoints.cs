using Microsoft.Extensions.AI;
using Rag.Agents;
using Rag.Agents.Tools;
using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Api.Endpoints;

/// <summary><c>POST /api/agents</c>: a task for an agent, whole or step by step. Its tools only look; none acts.</summary>
internal static class AgentEndpoints
{
    private const int MaxSteps = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("runAgent", "POST", "/api/agents", ApiScope.Ask, RunAsync).WithSummary("Has an agent do a task with tools")
            .WithDescription("With stream: true, or Accept: text/event-stream, events: step (each one), and done (the whole run) or error (a problem).")
            .Takes<AgentRequest>().Fails(501, "not-configured").Produces<AgentJson>().Streams();

    private static async Task<IResult> RunAsync(ApiCall call)
    {
        var request = await call.ReadAsync(t => t.AgentRequest);
        var task = new AgentTask(SearchEndpoints.TextOf(request.Task, "task"));
        var agent = AgentOf(call, request);
        if (request.Stream || call.WantsEvents)
        {
            return EventStream.Of(events => SendAsync(events, call, agent, task));
        }

        var run = await agent.RunAsync(task, call.Cancelled);
        return ApiCall.Json(Finish(call, run), t => t.AgentJson);
    }

    private static async Task SendAsync(EventStream events, ApiCall call, Agent agent, AgentTask task)
    {
        var run = await agent.RunAsync(task, step => events.WriteAsync("step", AgentStepJson.Of(step), t => t.AgentStepJson), call.Cancelled);
        await events.WriteAsync("done", Finish(call, run), t => t.AgentJson);
    }

    private static AgentJson Finish(ApiCall call, AgentRun run)
    {
        call.Service<ApiGuard>().Spend(call.Caller, run.Answer.Usage);
        var json = AgentJson.Of(run);
        return json with { Citations = json.Citations.Select(c => c with { Path = null }) };
    }

    private static Agent AgentOf(ApiCall call, AgentRequest request)
    {
        var client = call.Optional<IChatClient>() ?? throw ApiProblemException.Lacking("language model", "Start it with --model or --endpoint, or register an IChatClient.");
        if (!AgentStrategies.Names.Contains(request.Strategy))
        {
            throw ApiProblemException.Invalid($"strategy is '{Prompt.Shorten(request.Strategy, 50)}'. The strategies are: {string.Join(", ", AgentStrategies.Names)}.");
        }

        if (request.MaxSteps is < 1 or > MaxSteps)
        {
            throw ApiProblemException.Invalid($"maxSteps is {request.MaxSteps}; give a number from 1 to {MaxSteps}.");
        }

        var (store, retriever, scope) = (call.Service<IChunkStore>(), new ObservedRetriever(call.Service<IRetriever>()), call.Caller.Query("", request.Filter));
        var search = SearchTool.Create(retriever, scope);
        AIFunction[] tools = request.Strategy is "tools" or "ircot" ? [search, PageReader.Create(store, retriever, scope), Calculator.Create()] : [.. PageTools.Create(store, retriever, scope, nearest: true), Calculator.Create()];
        return new(client, AgentStrategies.Named(request.Strategy, search), call.Service<AgentOptions>() with { Tools = tools, Budget = new() { MaxSteps = request.MaxSteps } });
    }
}
