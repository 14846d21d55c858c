using Rag.Queries;
using Rag.Retrieval;
using Rag.Retrieval.Priors;
using Rag.Retrieval.Reranking;
using Rag.Retrieval.Selection;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval;

public sealed class MmrContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new MmrRetriever(new KeywordRetriever(store), depth: 10);
}

public sealed class MmrOfVectorsContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new MmrRetriever(new KeywordRetriever(store), new ScriptedEmbeddings(text => [text.Split("ferry").Length - 1, text.Split("crane").Length - 1]), lambda: 0.3);
}

public sealed class DeduplicatingContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new DeduplicatingRetriever(new KeywordRetriever(store), 0.3);
}

public sealed class SentenceWindowContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new SentenceWindowRetriever(new KeywordRetriever(store), store, 1);
}

public sealed class AutoMergingContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new AutoMergingRetriever(new KeywordRetriever(store), store);
}

public sealed class RecencyContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new PriorRetriever(new KeywordRetriever(store), new RecencyPrior("date", TimeSpan.FromDays(700), time: new ManualTime()), 5);
}

public sealed class NumberContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new PriorRetriever(new KeywordRetriever(store), new NumberPrior("visits", 50), 5);
}

public sealed class PreferenceContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new PriorRetriever(new KeywordRetriever(store), new FilterPrior(Filter.Equal("kind", "b"), 3), 5);
}

public sealed class TransformingContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new TransformingRetriever(new KeywordRetriever(store), new ChatQueryTransformer(new ScriptedChatClient("pilot tide?\ncars?"), QueryTechnique.MultiQuery), 4);
}

public sealed class FeatureRerankingContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new RerankingRetriever(new KeywordRetriever(store), new FeatureReranker(), 5);
}

public sealed class ListwiseRerankingContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) => new RerankingRetriever(new KeywordRetriever(store), new ListwiseReranker(new ScriptedChatClient("[3] > [1]"), window: 4, step: 2));
}

public sealed class StackedContract : RetrieverContract
{
    protected override IRetriever Create(IChunkStore store) =>
        new AutoMergingRetriever(new SentenceWindowRetriever(new MmrRetriever(new DeduplicatingRetriever(new KeywordRetriever(store)), depth: 6), store, 0), store, 0.3);
}
