using Rag.Queries;
using Rag.Testing;

namespace Rag.Core.Tests.Queries;

public sealed class FollowUpContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new FollowUpTransformer();
}

public sealed class SplittingContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new SplittingTransformer();
}

public sealed class GlossaryContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new GlossaryTransformer(Glossary.Parse("ledger, general ledger\ninstall => set up, deploy"));
}

public sealed class NamedValueContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new NamedValueTransformer([new("system") { Values = ["Linux", "Windows"] }]);
}

public sealed class SelfQueryContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() =>
        new SelfQueryTransformer(new ScriptedChatClient("""{"conditions": [{"field": "system", "comparison": "=", "values": ["Linux"]}]}"""), [new("system") { Values = ["Linux", "Windows"] }]);
}

public sealed class StandAloneContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new ChatQueryTransformer(new ScriptedChatClient("How is ledger installed?"), QueryTechnique.StandAlone);
}

public sealed class MultiQueryContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new ChatQueryTransformer(new ScriptedChatClient("Sure, here they are:\n1. One?\n2. Two?\n\n* Three?\n- two?\nFour?"), QueryTechnique.MultiQuery);
}

public sealed class HypotheticalDocumentContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new ChatQueryTransformer(new ScriptedChatClient("Run the\n", "installer. ", new string('y', 5_000)), QueryTechnique.HypotheticalDocument);
}

public sealed class ChainContract : QueryTransformerContract
{
    protected override IQueryTransformer Create() => new QueryTransformerChain(new FollowUpTransformer(), new ChatQueryTransformer(new ScriptedChatClient("What is a ledger?"), QueryTechnique.StepBack));
}
