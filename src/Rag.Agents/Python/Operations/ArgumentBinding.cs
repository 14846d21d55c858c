using System.Globalization;
using Rag.Agents.Python.Nodes;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Puts the arguments of a call into the parameters of a function of the program.</summary>
internal static class ArgumentBinding
{
    public static Value[] Bind(Run run, PyFunction function, Arguments arguments)
    {
        var code = function.Code;
        var locals = new Value[code.LocalCount];
        run.Step(arguments.Values.Length);
        var positional = arguments.Positional;
        var taken = Math.Min(positional.Length, code.PositionalCount);
        positional[..taken].CopyTo(locals);
        if (positional.Length > taken && code.RestSlot < 0)
        {
            throw TooMany(function, positional.Length);
        }

        if (code.RestSlot >= 0)
        {
            run.Fill(positional.Length - taken, 16);
            locals[code.RestSlot] = new PyTuple(positional[taken..].ToArray());
        }

        BindNames(run, code, arguments, locals);
        Complete(function, locals);
        return locals;
    }

    /// <summary>Fills in the defaults; an error where a parameter has none.</summary>
    public static void Complete(PyFunction function, Value[] locals)
    {
        var code = function.Code;
        List<string>? missing = null;
        var named = false;
        for (var i = 0; i < code.Parameters.Length; i++)
        {
            if (!locals[i].IsUnbound)
            {
                continue;
            }

            locals[i] = function.Defaults[i];
            if (locals[i].IsUnbound)
            {
                (missing ??= []).Add($"'{code.Parameters[i]}'");
                named = i >= code.PositionalCount;
            }
        }

        if (missing is not null)
        {
            var list = missing switch
            {
                [var one] => one,
                [var one, var two] => $"{one} and {two}",
                _ => $"{string.Join(", ", missing[..^1])}, and {missing[^1]}",
            };
            throw Raise.TypeError(string.Create(CultureInfo.InvariantCulture, $"{code.QualifiedName}() missing {missing.Count} required {(named ? "keyword-only" : "positional")} argument{(missing.Count == 1 ? "" : "s")}: {list}"));
        }
    }

    /// <summary>Parameters without a default.</summary>
    public static int RequiredCount(PyFunction function) => function.Defaults.Count(d => d.IsUnbound);

    private static void BindNames(Run run, FunctionCode code, Arguments arguments, Value[] locals)
    {
        var rest = code.NamesSlot >= 0 ? new PyDict() : null;
        for (var i = 0; i < arguments.Names.Length; i++)
        {
            var name = arguments.Names[i];
            var value = arguments[arguments.PositionalCount + i];
            var at = Array.IndexOf(code.Parameters, name);
            if (at >= 0)
            {
                locals[at] = locals[at].IsUnbound ? value : throw Raise.TypeError($"{code.QualifiedName}() got multiple values for argument '{name}'");
            }
            else if (rest is not null)
            {
                rest.Set(run, name, value);
            }
            else
            {
                throw Raise.TypeError($"{code.QualifiedName}() got an unexpected keyword argument '{name}'");
            }
        }

        if (rest is not null)
        {
            run.Allocate(96);
            locals[code.NamesSlot] = rest;
        }
    }

    private static Raised TooMany(PyFunction function, int given)
    {
        var code = function.Code;
        var least = code.PositionalCount - function.Defaults.AsSpan(0, code.PositionalCount).ToArray().Count(d => !d.IsUnbound);
        var takes = least < code.PositionalCount
            ? string.Create(CultureInfo.InvariantCulture, $"from {least} to {code.PositionalCount} positional arguments")
            : string.Create(CultureInfo.InvariantCulture, $"{code.PositionalCount} positional argument{(code.PositionalCount == 1 ? "" : "s")}");
        return Raise.TypeError(string.Create(CultureInfo.InvariantCulture, $"{code.QualifiedName}() takes {takes} but {given} {(given == 1 ? "was" : "were")} given"));
    }
}
