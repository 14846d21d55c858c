using Rag.Agents.Python.Nodes;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>A function of the program.</summary>
internal sealed class PyFunction(FunctionCode code, Value[] defaults, Cell[] closure) : PyObject
{
    public FunctionCode Code { get; } = code;

    /// <summary>Defaults by parameter; unset for a parameter that must be given.</summary>
    public Value[] Defaults { get; } = defaults;

    /// <summary>The class in whose body the function stands.</summary>
    public PyType? Owner { get; set; }

    public override PyType Type => Types.Function;

    public override long Size => 64 + (16L * Defaults.Length) + (8L * closure.Length);

    public override void Visit(Reachable reachable)
    {
        reachable.Add(Defaults);
        reachable.Add(Owner);
        foreach (var cell in closure)
        {
            reachable.Add(cell);
        }
    }

    public override string Repr(Run run) => $"<function {Code.Name}>";

    public override Value Call(Run run, Arguments arguments) => Run(run, ArgumentBinding.Bind(run, this, arguments));

    /// <summary>Runs the function with its parameters in place.</summary>
    public Value Run(Run run, Value[] locals)
    {
        foreach (var slot in Code.CellSlots)
        {
            locals[slot] = new Cell { Content = locals[slot] };
        }

        for (var i = 0; i < closure.Length; i++)
        {
            locals[Code.FreeSlots[i]] = closure[i];
        }

        var frame = new Frame(run, locals) { Function = this };
        if (Code.IsGenerator)
        {
            run.Allocate(160 + (16L * locals.Length));
            return new PyGenerator(frame);
        }

        run.Step(Code.Cost);
        run.Push(frame);
        var result = Code.Body.Execute(frame) == Flow.Return ? frame.Result : Value.None;
        run.Pop(frame);
        return result;
    }

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        value = name == "__name__" ? Code.Name : Value.None;
        return name is "__name__" or "__doc__";
    }
}
