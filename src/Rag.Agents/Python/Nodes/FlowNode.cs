using Rag.Agents.Python.Modules;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary><c>pass</c>, <c>break</c> or <c>continue</c>.</summary>
internal sealed class FlowNode(Flow flow) : StatementNode
{
    public override Flow Execute(Frame frame) => flow;
}

/// <summary>An expression on a line of its own.</summary>
internal sealed class ExpressionNode(Node expression) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        expression.Evaluate(frame);
        return Flow.Next;
    }
}

/// <summary>The last line of a program where it is an expression.</summary>
internal sealed class ResultNode(Node expression) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        frame.Result = expression.Evaluate(frame);
        return Flow.Next;
    }
}

/// <summary><c>return</c>.</summary>
internal sealed class ReturnNode(Node value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        frame.Result = value.Evaluate(frame);
        return Flow.Return;
    }
}

/// <summary><c>yield</c>: the first time it hands a value over, the second time the generator goes on from it.</summary>
internal sealed class YieldNode(Node value) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        if (frame.Resuming)
        {
            frame.Resuming = false;
            return Flow.Next;
        }

        frame.Result = value.Evaluate(frame);
        return Flow.Yield;
    }
}

/// <summary><c>del</c>.</summary>
internal sealed class DeleteNode(Target[] targets) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        foreach (var target in targets)
        {
            target.Delete(frame);
        }

        return Flow.Next;
    }
}

/// <summary><c>import</c> of a module, or of one of its members.</summary>
internal sealed class ImportNode(string module, string? member, Target target) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        Value imported = ModuleTable.Import(module);
        if (member is not null && !imported.Object.TryGetAttribute(frame.Run, imported, member, out imported))
        {
            throw Raise.Of(ErrorTypes.ImportError, $"cannot import name '{member}' from '{module}'");
        }

        target.Assign(frame, imported);
        return Flow.Next;
    }
}

/// <summary><c>assert</c>.</summary>
internal sealed class AssertNode(Node test, Node? message) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        if (test.IsTrue(frame))
        {
            return Flow.Next;
        }

        throw new Raised(new PyException(ErrorTypes.AssertionError, message is null ? [] : [message.Evaluate(frame)]));
    }
}

/// <summary><c>raise</c>.</summary>
internal sealed class RaiseNode(Node? error) : StatementNode
{
    public override Flow Execute(Frame frame)
    {
        if (error is null)
        {
            throw frame.Handling ?? Raise.Of(ErrorTypes.RuntimeError, "No active exception to reraise");
        }

        var value = error.Evaluate(frame);
        if (value.Ref is PyType type && type.IsSubclassOf(ErrorTypes.BaseException))
        {
            value = type.Call(frame.Run, Arguments.Of());
        }

        throw value.Ref is PyException exception ? new Raised(exception) : Raise.TypeError("exceptions must derive from BaseException");
    }
}
