using Rag.Agents.Python.Values;

namespace Rag.Agents.Python;

/// <summary>One call in progress: its variables and where it stands.</summary>
internal sealed class Frame(Run run, Value[] locals)
{
    public readonly Run Run = run;

    /// <summary>Variables by slot. A variable that an inner function uses lies in a <see cref="Cell"/> in its slot; loops and comprehensions keep what they are working on in slots of their own.</summary>
    public readonly Value[] Locals = locals;

    public Frame? Caller;

    /// <summary>The function that is called; null for the program itself.</summary>
    public PyFunction? Function;

    public int Depth;

    /// <summary>What <c>return</c> or <c>yield</c> hands over.</summary>
    public Value Result;

    /// <summary>True while a generator finds its way back to the <c>yield</c> where it stopped.</summary>
    public bool Resuming;

    /// <summary>The exception that an <c>except</c> block is dealing with, for a bare <c>raise</c>.</summary>
    public Raised? Handling;

    /// <summary><see cref="Run.Allocated"/> when the present statement began: what was allocated since may be held by it alone.</summary>
    public long Mark;

    /// <summary><see cref="Run.Allocated"/> when this call began.</summary>
    public long Created;

    /// <summary>Bytes that the present statement had allocated before it entered a comprehension.</summary>
    public long Pending;
}
