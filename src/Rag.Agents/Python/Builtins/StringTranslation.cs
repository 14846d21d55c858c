using System.Text;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of strings that replace characters one by one.</summary>
internal static class StringTranslation
{
    public static Value Table(Run run, Arguments arguments)
    {
        arguments.Between("maketrans", 1, 3);
        var table = new PyDict();
        run.Allocate(table.Size);
        if (arguments.Values.Length == 1)
        {
            foreach (var (key, value) in (arguments[0].Ref as PyDict ?? throw Raise.TypeError("if you give only one argument to maketrans it must be a dict")).Items)
            {
                table.Set(run, key.Ref is PyStr text ? Value.Int(TextOf.Codes(text.Text).First()) : key, value);
            }

            return table;
        }

        int[] from = [.. TextOf.Codes(arguments.Text(0))];
        int[] to = [.. TextOf.Codes(arguments.Text(1))];
        if (from.Length != to.Length)
        {
            throw Raise.ValueError("the first two maketrans arguments must have equal length");
        }

        for (var i = 0; i < from.Length; i++)
        {
            table.Set(run, Value.Int(from[i]), Value.Int(to[i]));
        }

        foreach (var code in TextOf.Codes(arguments.Text(2, "")))
        {
            table.Set(run, Value.Int(code), Value.None);
        }

        return table;
    }

    public static Value Translate(Run run, Value self, Arguments arguments)
    {
        var table = arguments.Exactly("translate", 1)[0].Ref as PyDict ?? throw Raise.TypeError("translate needs a dictionary");
        var builder = new StringBuilder();
        foreach (var code in TextOf.Codes(StringMethods.Text(self)))
        {
            var found = table.TryGet(run, Value.Int(code), out var value);
            TextOf.Append(run, builder, !found ? Characters.Of(code)
                : value.IsNone ? ""
                : value.IsInt && value.Bits is >= 0 and < 0x110000 ? Characters.Of((int)value.Bits)
                : value.Ref is PyStr text ? text.Text
                : throw Raise.TypeError("character mapping must return integer, None or str"));
        }

        return builder.ToString();
    }
}
