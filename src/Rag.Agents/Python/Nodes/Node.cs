using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>An expression that can be evaluated.</summary>
internal abstract class Node
{
    public abstract Value Evaluate(Frame frame);

    public virtual bool IsTrue(Frame frame) => Truth.Of(frame.Run, Evaluate(frame));
}

/// <summary>Where a value can be put.</summary>
internal abstract class Target
{
    public abstract void Assign(Frame frame, Value value);

    public abstract void Delete(Frame frame);
}

/// <summary>How execution goes on after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
    Yield,
}

/// <summary>A statement that can be executed.</summary>
internal abstract class StatementNode
{
    /// <summary>1-based.</summary>
    public int Line { get; set; }

    /// <summary>Steps: 1, and more for a statement of very many expressions.</summary>
    public int Cost { get; set; } = 1;

    public abstract Flow Execute(Frame frame);
}
