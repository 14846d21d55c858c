using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>Statements one after another. In a generator, <paramref name="slot"/> keeps which one stopped at a <c>yield</c>; elsewhere it is -1.</summary>
internal sealed class BlockNode(StatementNode[] statements, int slot) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var run = frame.Run;
        var i = frame.Resuming ? (int)frame.Locals[slot].Bits : 0;
        try
        {
            for (; i < statements.Length; i++)
            {
                var statement = statements[i];
                run.Step(statement.Cost);
                frame.Mark = run.Allocated - frame.Pending;
                var flow = statement.Execute(frame);
                if (flow != Flow.Next)
                {
                    if (slot >= 0)
                    {
                        frame.Locals[slot] = Value.Int(i);
                    }

                    return flow;
                }
            }

            return Flow.Next;
        }
        catch (Raised e) when (Locate(e, statements[i].Line))
        {
            throw;
        }
        catch (LimitReached e) when (Locate(e, statements[i].Line))
        {
            throw;
        }
    }

    // a filter that is always false: the exception passes, and knows its line
    private static bool Locate(Raised error, int line)
    {
        error.Line = error.Line == 0 ? line : error.Line;
        return false;
    }

    private static bool Locate(LimitReached error, int line)
    {
        error.Line = error.Line == 0 ? line : error.Line;
        return false;
    }
}
