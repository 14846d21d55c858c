using Microsoft.Extensions.DependencyInjection.Extensions;
using Rag;
using Rag.Citations;
using Rag.Generation;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the question side of Rag.</summary>
public static class RagServices
{
    /// <summary>Adds what answers questions over the registered <see cref="IChunkStore"/>: weight-free retrieval, extractive answers, checked citations. All singletons.</summary>
    /// <remarks>Whatever is already registered stays: register your own <see cref="IRetriever"/>, <see cref="IAnswerGenerator"/> or options, before or after. A registered <see cref="IQueryTransformer"/> is used; there is none by default.</remarks>
    public static IServiceCollection AddRag(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITokenCounter, ApproximateTokenCounter>();
        services.TryAddSingleton<CitationVerifierOptions>();
        services.TryAddSingleton<CitationVerifier>();
        services.TryAddSingleton<ExtractiveAnswerOptions>();
        services.TryAddSingleton<IAnswerGenerator, ExtractiveAnswerGenerator>();
        services.TryAddSingleton<IRetriever, DefaultRetriever>();
        services.TryAddSingleton<RagPipelineOptions>();
        services.TryAddSingleton<RagPipeline>();
        return services;
    }
}
