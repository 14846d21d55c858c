using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>An <c>except</c>: the types that it catches (null for all), where it puts the exception, and what it does.</summary>
internal sealed record HandlerNode(Node? Types, Target? Name, StatementNode Body)
{
    public bool Catches(Frame frame, PyException error)
    {
        if (Types is null)
        {
            return true;
        }

        var types = Types.Evaluate(frame);
        return types.Ref is PyTuple tuple ? tuple.Items.Any(t => Matches(t, error)) : Matches(types, error);
    }

    private static bool Matches(Value type, PyException error) => type.Ref is PyType known && known.IsSubclassOf(ErrorTypes.BaseException)
        ? error.Type.IsSubclassOf(known)
        : throw Raise.TypeError("catching classes that do not inherit from BaseException is not allowed");
}

/// <summary><c>try</c>. The limits of a run pass through it: they are no exceptions of Python.</summary>
internal sealed class TryNode(StatementNode body, HandlerNode[] handlers, StatementNode? otherwise, StatementNode? last) : StatementNode
{
    // steps of catching an exception, which takes .NET far longer than a simple statement
    private const int CatchCost = 200;

    public override Flow Execute(Frame frame)
    {
        if (last is null)
        {
            return ExecuteHandled(frame);
        }

        var (pending, handling) = (frame.Pending, frame.Handling);
        Raised? error = null;
        var flow = Flow.Next;
        try
        {
            flow = ExecuteHandled(frame);
        }
        catch (Raised e)
        {
            error = e;
            Return(frame, pending, handling);
        }

        if (flow == Flow.Yield)
        {
            return flow;
        }

        var result = frame.Result;
        var end = last.Execute(frame);
        if (end != Flow.Next)
        {
            return end;
        }

        frame.Result = result;
        return error is null ? flow : throw error;
    }

    private Flow ExecuteHandled(Frame frame)
    {
        var (pending, handling) = (frame.Pending, frame.Handling);
        Raised? caught = null;
        var flow = Flow.Next;
        try
        {
            flow = body.Execute(frame);
        }
        catch (Raised e) when (handlers.Length > 0)
        {
            caught = e;
            Return(frame, pending, handling);
        }

        if (caught is null)
        {
            return flow == Flow.Next && otherwise is not null ? otherwise.Execute(frame) : flow;
        }

        foreach (var handler in handlers)
        {
            if (handler.Catches(frame, caught.Error))
            {
                return Handle(frame, handler, caught, handling);
            }
        }

        throw caught;
    }

    private static Flow Handle(Frame frame, HandlerNode handler, Raised caught, Raised? handling)
    {
        handler.Name?.Assign(frame, caught.Error);
        frame.Handling = caught;
        var flow = handler.Body.Execute(frame);
        frame.Handling = handling;
        handler.Name?.Assign(frame, default);
        return flow;
    }

    private static void Return(Frame frame, long pending, Raised? handling)
    {
        frame.Run.Unwind(frame);
        frame.Run.Step(CatchCost);
        frame.Pending = pending;
        frame.Handling = handling;
    }
}
