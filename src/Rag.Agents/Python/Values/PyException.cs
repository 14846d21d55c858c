using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>An exception as a value.</summary>
internal sealed class PyException(PyType type, Value[] arguments) : PyObject
{
    private readonly Dictionary<string, Value> fields = [];

    public Value[] Arguments { get; private set; } = arguments;

    public override PyType Type => type;

    public static Value Construct(Run run, PyType type, Arguments arguments)
    {
        run.Allocate(96);
        var error = new PyException(type, [.. arguments.Positional]);
        if (type.TryFindMember("__init__", out var initialize))
        {
            initialize.Object.Call(run, arguments.Prepend(error));
        }
        else if (arguments.Names.Length > 0)
        {
            throw Raise.TypeError($"{type.Name}() takes no keyword arguments");
        }

        return error;
    }

    public override void Visit(Reachable reachable)
    {
        reachable.Add(type);
        reachable.Add(Arguments);
        foreach (var field in fields.Values)
        {
            reachable.Add(field);
        }
    }

    public override string Repr(Run run) => type.Name + TextOf.Sequence(run, this, "(", Arguments, ")");

    public override string Str(Run run) => type.TryFindMember("__str__", out var special)
        ? PyInstance.Text(run, special, this, "__str__")
        : Arguments switch
        {
            [] => "",
            [var only] => type.IsSubclassOf(ErrorTypes.KeyError) ? TextOf.Repr(run, only) : TextOf.Str(run, only),
            _ => TextOf.Sequence(run, this, "(", Arguments, ")"),
        };

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        if (name == "args")
        {
            value = new PyTuple(Arguments);
            return true;
        }

        return PyInstance.TryGetAttribute(run, self, type, fields, name, out value) || base.TryGetAttribute(run, self, name, out value);
    }

    /// <summary>The <c>__init__</c> that every exception has: it keeps the arguments.</summary>
    public Value Initializer => new PyBuiltin("__init__", (_, arguments) =>
    {
        Arguments = [.. arguments.Positional];
        return Value.None;
    });

    public override void SetAttribute(Run run, string name, Value value)
    {
        run.Allocate(64);
        fields[name] = value;
    }
}
