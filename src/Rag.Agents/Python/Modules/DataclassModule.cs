using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The decorator <c>dataclass</c>: it makes <c>__init__</c>, <c>__repr__</c> and <c>__eq__</c> out of the annotated names of a class.</summary>
internal static class DataclassModule
{
    public static readonly Dictionary<string, Value> Members = new()
    {
        ["dataclass"] = new PyBuiltin("dataclass", (_, arguments) => arguments.PositionalCount == 1
            ? Complete(arguments[0])
            : new PyBuiltin("decorator", (_, inner) => Complete(inner.Exactly("dataclass", 1)[0]))),
        ["field"] = new PyBuiltin("field", (_, arguments) => arguments.Bind("field", 0, "default", "default_factory") is var bound && bound.Has(1) ? new Factory(bound[1]) : bound[0]),
    };

    private sealed class Factory(Value make) : PyObject
    {
        public Value Make => make;

        public override PyType Type => Types.Object;

        public override void Visit(Reachable reachable) => reachable.Add(make);
    }

    private static Value Complete(Value target)
    {
        var type = target.Ref is PyType { IsUserClass: true } user ? user : throw Raise.TypeError("dataclass() decorates a class");
        string[] fields = [.. Inherited(type).SelectMany(t => t.Fields).Distinct()];
        type.Members.TryAdd("__init__", new PyBuiltin("__init__", (run, arguments) => Initialize(run, type, fields, arguments)));
        type.Members.TryAdd("__repr__", new PyBuiltin("__repr__", (run, arguments) => Repr(run, type, fields, arguments.Exactly("__repr__", 1)[0])));
        type.Members.TryAdd("__eq__", new PyBuiltin("__eq__", (run, arguments) => arguments.Exactly("__eq__", 2)[1].Ref is PyInstance other && ReferenceEquals(other.Type, arguments[0].Type)
            ? Value.Bool(Comparing.AreEqual(run, Values(run, fields, arguments[0]), Values(run, fields, other)))
            : NotImplemented.Instance));
        return target;
    }

    private static Stack<PyType> Inherited(PyType type)
    {
        Stack<PyType> types = [];
        for (var t = type; t is { IsUserClass: true }; t = t.Parent)
        {
            types.Push(t);
        }

        return types;
    }

    private static Value Initialize(Run run, PyType type, string[] fields, Arguments arguments)
    {
        var required = fields.TakeWhile(f => !type.TryFindMember(f, out _)).Count();
        var bound = arguments.Skip(1).Bind($"{type.Name}.__init__", required, fields);
        for (var i = 0; i < fields.Length; i++)
        {
            var value = bound.Has(i) ? bound[i] : type.TryFindMember(fields[i], out var preset) ? preset : throw Raise.TypeError($"non-default argument '{fields[i]}' follows default argument");
            arguments[0].Object.SetAttribute(run, fields[i], value.Ref is Factory factory ? factory.Make.Object.Call(run, Arguments.Of()) : value);
        }

        return type.TryFindMember("__post_init__", out var after) ? after.Object.Call(run, Arguments.Of(arguments[0])) : Value.None;
    }

    private static Value Repr(Run run, PyType type, string[] fields, Value self)
    {
        var values = Values(run, fields, self);
        return TextOf.Nested(run, self.Object, "...", () => $"{type.Name}({string.Join(", ", fields.Select((f, i) => $"{f}={TextOf.Repr(run, values[i])}"))})");
    }

    private static Value[] Values(Run run, string[] fields, Value self) => [.. fields.Select(f => Attributes.Get(run, self, f))];
}
