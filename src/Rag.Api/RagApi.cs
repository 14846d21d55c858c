using Microsoft.Extensions.DependencyInjection.Extensions;
using Rag.Agents;
using Rag.Api.Endpoints;
using Rag.Api.Jobs;
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
        services.TryAddSingleton<ApiGuard>();
        services.TryAddSingleton<RememberedAnswers>();
        services.TryAddSingleton<UploadedFiles>();
        services.TryAddSingleton<JobQueue>();
        services.TryAddSingleton<JobRunner>();
        services.AddHostedService<JobWorker>();
        services.TryAddSingleton<AgentOptions>();
        services.TryAddSingleton<ISessionStore, InMemorySessionStore>();
        services.TryAddSingleton(provider => new ConversationPipeline(provider.GetRequiredService<RagPipeline>(), provider.GetRequiredService<ISessionStore>(), provider.GetService<IConversationSummarizer>()));
        return services;
    }

    /// <summary>Maps the API: documents, uploads and their jobs, search, questions, conversations, agents, feedback, OpenAI's protocol and health.</summary>
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
        SearchEndpoints.Map(group);
        AskEndpoints.Map(group);
        SessionEndpoints.Map(group);
        AgentEndpoints.Map(group);
        FeedbackEndpoints.Map(group);
        ChatCompletionEndpoint.Map(group);
        ResponseEndpoint.Map(group);
        ModelEndpoints.Map(group);
        HealthEndpoints.Map(group);
        return group;
    }
}
