using Rag.Ratings;
using Rag.Testing;

namespace Rag.Core.Tests.Ratings;

public sealed class InMemoryRatingStoreTests : RatingStoreContract
{
    protected override Task<IRatingStore> CreateAsync() => Task.FromResult<IRatingStore>(new InMemoryRatingStore());
}
