using Microsoft.Extensions.DependencyInjection.Extensions;
using Rag.Agents;
using Rag.Api.Contract;
using Rag.Api.Endpoints;
using Rag.Api.Jobs;
using Rag.Api.Metrics;
using Rag.Api.OpenAi;
using Rag.Api.Security;
using Rag.Conversations;
using Rag.Generation;

namespace Rag.Api;

/// <summary>Questions and documents over HTTP, in any ASP.NET app.</summary>
public static class RagApi
{
    /// <summary>Adds what <see cref="MapRag"/> needs besides <c>AddRag</c>, <c>AddRagIngest</c> and a store. All singletons; whatever is already registered stays.</summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="configure">Keys and limits. Default: no keys, so only this machine may call.</param>
    /// <remarks>A registered <c>IChatClient</c> answers for agents and tools, an <c>IEmbeddingGenerator</c> makes vectors, an <c>IReranker</c> re-ranks; without them those endpoints say that they are not configured.</remarks>
    public static IServiceCollection AddRagApi(this IServiceCollection services, Action<RagApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<RagApiOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServerStop>();
        services.TryAddSingleton<ApiGuard>();
        services.TryAddSingleton<RememberedAnswers>();
        services.TryAddSingleton<RememberedReplies>();
        services.TryAddSingleton<UploadedFiles>();
        services.TryAddSingleton<JobQueue>();
        services.TryAddSingleton<JobRunner>();
        services.AddHostedService<JobWorker>();
        services.TryAddSingleton<MetricListener>();
        services.TryAddSingleton<AgentOptions>();
        services.TryAddSingleton<ISessionStore, InMemorySessionStore>();
        services.TryAddSingleton(provider => new ConversationPipeline(provider.GetRequiredService<RagPipeline>(), provider.GetRequiredService<ISessionStore>(), provider.GetService<IConversationSummarizer>()));
        return services;
    }

    /// <summary>Maps the API: documents, uploads and their jobs, search, questions, conversations, agents, feedback, OpenAI's protocol, health, metrics, and the document that describes all of this (OpenAPI 3.1).</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">What stands before every path. Default nothing.</param>
    /// <returns>All of its endpoints, to which an app can add what it likes.</returns>
    public static IEndpointConventionBuilder MapRag(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        DocumentEndpoints.Map(group);
        UploadEndpoints.Map(group);
        JobEndpoints.Map(group);
        WordEndpoints.Map(group);
        SearchEndpoints.Map(group);
        AskEndpoints.Map(group);
        SessionEndpoints.Map(group);
        AgentEndpoints.Map(group);
        FeedbackEndpoints.Map(group);
        EvaluationEndpoints.Map(group);
        ChatCompletionEndpoint.Map(group);
        ResponseEndpoint.Map(group);
        ModelEndpoints.Map(group);
        HealthEndpoints.Map(group);
        MetricEndpoint.Map(group);
        ContractEndpoint.Map(group);
        return group;
    }

    /// <summary>Maps the page on which a person drops files, asks and reads the sources: <c>/</c>, and its files at <c>/page/</c>.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">What stands before every path; the one that <see cref="MapRag"/> has. Default nothing.</param>
    /// <returns>Its endpoints. They are open to all: the page holds nothing of anybody, and asks for a key where the API wants one.</returns>
    public static IEndpointConventionBuilder MapRagPage(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        PageEndpoints.Map(group);
        return group;
    }
}
