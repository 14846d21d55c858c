namespace Rag.Agents.Python.Values;

/// <summary>A method of ours together with the value it was taken from.</summary>
internal sealed class PyMethod(Value self, string name, NativeMethod method) : PyObject
{
    public override PyType Type => Types.Builtin;

    public override void Visit(Reachable reachable) => reachable.Add(self);

    public override string Repr(Run run) => $"<built-in method {name} of {self.Type.Name} object>";

    public override Value Call(Run run, Arguments arguments) => method(run, self, arguments);

    public override bool IsEqual(Run run, Value other) => ReferenceEquals(this, other.Ref);
}
