namespace Rag.Agents.Python.Values;

/// <summary>A function that is read like a field: <c>@property</c>.</summary>
internal sealed class PyProperty(PyObject getter) : PyObject
{
    public PyObject Getter { get; } = getter;

    public override PyType Type => Types.Property;

    public override void Visit(Reachable reachable) => reachable.Add(Getter);
}

/// <summary>A function of the class: <c>@classmethod</c>.</summary>
internal sealed class PyClassMethod(PyObject function) : PyObject
{
    public PyObject Function { get; } = function;

    public override PyType Type => Types.Property;

    public override void Visit(Reachable reachable) => reachable.Add(Function);
}

/// <summary>A function that merely stands in a class: <c>@staticmethod</c>.</summary>
internal sealed class PyStaticMethod(PyObject function) : PyObject
{
    public PyObject Function { get; } = function;

    public override PyType Type => Types.Property;

    public override void Visit(Reachable reachable) => reachable.Add(Function);
}

/// <summary>A function together with the value that becomes its first argument.</summary>
internal sealed class PyBoundFunction(Value self, PyObject function) : PyObject
{
    public override PyType Type => Types.Method;

    public override void Visit(Reachable reachable)
    {
        reachable.Add(self);
        reachable.Add(function);
    }

    public override Value Call(Run run, Arguments arguments) => function.Call(run, arguments.Prepend(self));
}
