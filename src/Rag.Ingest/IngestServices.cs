using Microsoft.Extensions.DependencyInjection.Extensions;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the document side of Rag.</summary>
public static class IngestServices
{
    /// <summary>Adds what puts files into the registered <see cref="Rag.Storage.IChunkStore"/>: the readers, the structure-aware chunker and <see cref="IngestionPipeline"/>. All singletons.</summary>
    /// <remarks>Whatever is already registered stays: register your own <see cref="IChunker"/>, readers or embedding generator, before or after.</remarks>
    public static IServiceCollection AddRagIngest(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(DocumentReaders.Default);
        services.TryAddSingleton<IChunker, StructureChunker>();
        services.TryAddSingleton<IngestionPipeline>();
        return services;
    }
}
