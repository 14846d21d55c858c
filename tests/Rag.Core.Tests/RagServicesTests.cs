using Microsoft.Extensions.DependencyInjection;
using Rag.Generation;
using Rag.Retrieval;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Core.Tests;

public sealed class RagServicesTests
{
    [Fact]
    public void AddRag_registers_singletons_and_keeps_what_is_there()
    {
        var mine = new ScriptedRetriever();

        var services = new ServiceCollection().AddSingleton<IRetriever>(mine).AddRag().AddRag();

        Assert.All(services, s => Assert.Equal(ServiceLifetime.Singleton, s.Lifetime));
        Assert.Equal(services.Count, services.Select(s => s.ServiceType).Distinct().Count());
        Assert.Same(mine, services.Single(s => s.ServiceType == typeof(IRetriever)).ImplementationInstance);
        Assert.Equal(typeof(ExtractiveAnswerGenerator), services.Single(s => s.ServiceType == typeof(IAnswerGenerator)).ImplementationType);
        Assert.DoesNotContain(services, s => s.ServiceType == typeof(IChunkStore));
    }
}
