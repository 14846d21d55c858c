using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary><c>while</c>.</summary>
internal sealed class WhileNode(Node test, StatementNode body, StatementNode? otherwise) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        var run = frame.Run;
        while (frame.Resuming || test.IsTrue(frame))
        {
            run.Step();
            var flow = body.Execute(frame);
            if (flow == Flow.Break)
            {
                return Flow.Next;
            }

            if (flow is Flow.Return or Flow.Yield)
            {
                return flow;
            }

            frame.Mark = run.Allocated - frame.Pending;
        }

        return otherwise?.Execute(frame) ?? Flow.Next;
    }
}

/// <summary><c>for</c>, as a statement or in a comprehension. What it goes through lies in a slot, where its memory is seen and a generator finds it again.</summary>
internal sealed class ForNode(Target target, Node source, StatementNode body, StatementNode? otherwise, int slot, bool resumes) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        PyIterator iterator;
        if (frame.Resuming)
        {
            iterator = (PyIterator)frame.Locals[slot].Ref!;
        }
        else
        {
            var value = source.Evaluate(frame);
            if (!resumes && value.Ref is PyRange range)
            {
                return Count(frame, range);
            }

            iterator = Iteration.Of(frame.Run, value);
            frame.Locals[slot] = iterator;
        }

        while (frame.Resuming || Next(frame, iterator))
        {
            frame.Run.Step();
            var flow = body.Execute(frame);
            if (flow == Flow.Yield)
            {
                return flow;
            }

            if (flow is Flow.Break or Flow.Return)
            {
                frame.Locals[slot] = default;
                return flow == Flow.Break ? Flow.Next : flow;
            }
        }

        frame.Locals[slot] = default;
        return otherwise?.Execute(frame) ?? Flow.Next;
    }

    private bool Next(Frame frame, PyIterator iterator)
    {
        if (!iterator.TryNext(frame.Run, out var value))
        {
            return false;
        }

        target.Assign(frame, value);
        return true;
    }

    private Flow Count(Frame frame, PyRange range)
    {
        for (long i = 0; i < range.Count; i++)
        {
            frame.Run.Step();
            target.Assign(frame, Value.Int(range.At(i)));
            var flow = body.Execute(frame);
            if (flow is Flow.Break or Flow.Return)
            {
                return flow == Flow.Break ? Flow.Next : flow;
            }
        }

        return otherwise?.Execute(frame) ?? Flow.Next;
    }
}
