using Rag.Conversations;
using Rag.Testing;

namespace Rag.Core.Tests.Conversations;

public sealed class InMemorySessionStoreTests : SessionStoreContract
{
    protected override Task<ISessionStore> CreateAsync(params Document[] documents) => Task.FromResult<ISessionStore>(new InMemorySessionStore());
}
