using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Built-in functions of any object.</summary>
internal static class ObjectFunctions
{
    public static readonly Dictionary<string, Native> Table = new()
    {
        ["print"] = Print,
        ["input"] = (_, _) => throw Raise.Of(ErrorTypes.EOFError, "input() is not supported: put the values into the program"),
        ["repr"] = (run, arguments) => Text(run, TextOf.Repr(run, arguments.Exactly("repr", 1)[0])),
        ["format"] = (run, arguments) => Formatting.Apply(run, arguments.Between("format", 1, 2)[0], arguments.Text(1, "")),
        ["chr"] = (_, arguments) => arguments.Exactly("chr", 1).Integer(0) is var code && code >= 0 && code < 0x110000 ? Characters.Of((int)code) : throw Raise.ValueError("chr() arg not in range(0x110000)"),
        ["ord"] = Ord,
        ["hash"] = (run, arguments) => Value.Int(Hashing.Of(run, arguments.Exactly("hash", 1)[0])),
        ["isinstance"] = (run, arguments) => Value.Bool(IsKind(run, arguments.Exactly("isinstance", 2)[0].Type, arguments[1], "isinstance")),
        ["issubclass"] = (run, arguments) => Value.Bool(IsKind(run, arguments.Exactly("issubclass", 2)[0].Ref as PyType ?? throw Raise.TypeError("issubclass() arg 1 must be a class"), arguments[1], "issubclass")),
        ["callable"] = (run, arguments) => Value.Bool(arguments.Exactly("callable", 1)[0].Ref is PyType or PyFunction or PyBuiltin or PyMethod or PyBoundFunction || (arguments[0].Ref is PyInstance instance && instance.TryGetAttribute(run, arguments[0], "__call__", out _))),
    };

    private static Value Text(Run run, string text)
    {
        run.Allocate(56);
        return text;
    }

    private static Value Print(Run run, Arguments arguments)
    {
        var named = new Arguments(arguments.Values[arguments.PositionalCount..], arguments.Names).Bind("print", 0, "sep", "end", "flush", "file");
        if (named.Has(3) && !named[3].IsNone)
        {
            throw Raise.TypeError("print() to a file is not supported");
        }

        var separator = named.Has(0) && !named[0].IsNone ? named.Text(0) : " ";
        for (var i = 0; i < arguments.PositionalCount; i++)
        {
            run.Print(i == 0 ? "" : separator);
            run.Print(TextOf.Str(run, arguments[i]));
        }

        run.Print(named.Has(1) && !named[1].IsNone ? named.Text(1) : "\n");
        return Value.None;
    }

    private static Value Ord(Run run, Arguments arguments)
    {
        var text = arguments.Exactly("ord", 1)[0].Ref as PyStr ?? throw Raise.TypeError($"ord() expected string of length 1, but {arguments[0].Type.Name} found");
        return text.Count == 1 ? Value.Int(TextOf.Codes(text.Text).First()) : throw Raise.TypeError($"ord() expected a character, but string of length {text.Count} found");
    }

    private static bool IsKind(Run run, PyType type, Value kinds, string function)
    {
        if (kinds.Ref is PyType kind)
        {
            return type.IsSubclassOf(kind) || ReferenceEquals(kind, Types.Object);
        }

        if (kinds.Ref is not PyTuple tuple)
        {
            throw Raise.TypeError($"{function}() arg 2 must be a type, a tuple of types, or a union");
        }

        run.Enter();
        run.Step(tuple.Items.Length);
        var found = tuple.Items.Any(k => IsKind(run, type, k, function));
        run.Leave();
        return found;
    }
}
