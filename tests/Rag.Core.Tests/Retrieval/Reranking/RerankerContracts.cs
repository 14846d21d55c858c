using Rag.Retrieval;
using Rag.Retrieval.Reranking;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval.Reranking;

public sealed class FeatureContract : RerankerContract
{
    protected override IReranker Create() => new FeatureReranker();
}

public sealed class ListwiseContract : RerankerContract
{
    protected override IReranker Create() => new ListwiseReranker(new ScriptedChatClient("[4] > [2] > [99] > [2]"), depth: 12, window: 6, step: 3);
}

public sealed class ListwiseGarbageContract : RerankerContract
{
    protected override IReranker Create() => new ListwiseReranker(new ScriptedChatClient("I rank 3 passages \ud800 [99999999999999999999]"));
}
