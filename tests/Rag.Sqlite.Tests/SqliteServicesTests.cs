using Microsoft.Extensions.DependencyInjection;
using Rag.Storage;

namespace Rag.Sqlite.Tests;

public sealed class SqliteServicesTests
{
    [Fact]
    public void AddSqliteChunkStore_leaves_a_registered_store_and_opens_nothing_before_it_is_asked_for()
    {
        var services = new ServiceCollection().AddSqliteChunkStore("/no/such/folder/first.db").AddSqliteChunkStore("second.db");

        var only = Assert.Single(services);
        Assert.Equal((typeof(IChunkStore), ServiceLifetime.Singleton), (only.ServiceType, only.Lifetime));
        Assert.Throws<ArgumentException>(() => services.AddSqliteChunkStore(""));
    }
}
