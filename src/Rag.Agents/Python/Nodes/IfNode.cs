using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary><c>if</c> with its <c>elif</c>s. In a generator, <paramref name="slot"/> keeps the branch that stopped at a <c>yield</c>.</summary>
internal sealed class IfNode((Node Test, StatementNode Body)[] branches, StatementNode? otherwise, int slot) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var chosen = frame.Resuming ? (int)frame.Locals[slot].Bits : Choose(frame);
        if (slot >= 0)
        {
            frame.Locals[slot] = Value.Int(chosen);
        }

        return chosen < branches.Length ? branches[chosen].Body.Execute(frame) : otherwise?.Execute(frame) ?? Flow.Next;
    }

    private int Choose(Frame frame)
    {
        var i = 0;
        while (i < branches.Length && !branches[i].Test.IsTrue(frame))
        {
            i++;
        }

        return i;
    }
}
