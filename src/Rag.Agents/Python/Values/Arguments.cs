using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>The arguments of a call: first those by position, then those by name.</summary>
internal readonly struct Arguments(Value[] values, string[]? names = null)
{
    private static readonly string[] NoNames = [];

    public Value[] Values { get; } = values;

    /// <summary>Names of the last arguments.</summary>
    public string[] Names { get; } = names ?? NoNames;

    public int PositionalCount => Values.Length - Names.Length;

    /// <summary>The argument at a position, unset where there is none.</summary>
    public Value this[int position] => position < Values.Length ? Values[position] : default;

    public ReadOnlySpan<Value> Positional => Values.AsSpan(0, PositionalCount);

    public static Arguments Of(params Value[] values) => new(values);

    public bool Has(int position) => position < Values.Length && !Values[position].IsUnbound;

    public Arguments Skip(int count) => new(Values[count..], Names);

    public Arguments Prepend(Value first) => new([first, .. Values], Names);

    public Arguments Exactly(string function, int count) => Between(function, count, count);

    public Arguments Between(string function, int least, int most)
    {
        if (Names.Length > 0)
        {
            throw Raise.TypeError($"{function}() takes no keyword arguments");
        }

        if (Values.Length >= least && Values.Length <= most)
        {
            return this;
        }

        var expected = least == most
            ? least switch { 0 => "no arguments", 1 => "exactly one argument", _ => string.Create(CultureInfo.InvariantCulture, $"exactly {least} arguments") }
            : string.Create(CultureInfo.InvariantCulture, $"{(Values.Length < least ? "at least" : "at most")} {(Values.Length < least ? least : most)} argument{((Values.Length < least ? least : most) == 1 ? "" : "s")}");
        throw Raise.TypeError(string.Create(CultureInfo.InvariantCulture, $"{function}() takes {expected} ({Values.Length} given)"));
    }

    /// <summary>Puts the arguments at the positions of their names; the first <paramref name="required"/> must be there, of the others the missing are unset.</summary>
    public Arguments Bind(string function, int required, params ReadOnlySpan<string> parameters)
    {
        if (PositionalCount > parameters.Length)
        {
            throw Raise.TypeError(string.Create(CultureInfo.InvariantCulture, $"{function}() takes at most {parameters.Length} argument{(parameters.Length == 1 ? "" : "s")} ({Values.Length} given)"));
        }

        var bound = new Value[parameters.Length];
        Positional.CopyTo(bound);
        for (var i = 0; i < Names.Length; i++)
        {
            var at = parameters.IndexOf(Names[i]);
            if (at < 0)
            {
                throw Raise.TypeError($"'{Names[i]}' is an invalid keyword argument for {function}()");
            }

            if (!bound[at].IsUnbound)
            {
                throw Raise.TypeError($"argument for {function}() given by name ('{Names[i]}') and position ({at + 1})");
            }

            bound[at] = Values[PositionalCount + i];
        }

        for (var i = 0; i < required; i++)
        {
            if (bound[i].IsUnbound)
            {
                throw Raise.TypeError(string.Create(CultureInfo.InvariantCulture, $"{function}() missing required argument '{parameters[i]}' (pos {i + 1})"));
            }
        }

        return new(bound);
    }

    public string Text(int position) => this[position].Ref is PyStr text ? text.Text : throw Raise.TypeError($"expected str instance, {this[position].Type.Name} found");

    public string Text(int position, string missing) => Has(position) ? Text(position) : missing;

    /// <summary>The integer at a position, cut to 64 bits.</summary>
    public long Index(int position) => Integers.ToIndex(this[position]);

    public long Index(int position, long missing) => Has(position) && !this[position].IsNone ? Index(position) : missing;

    public BigInteger Integer(int position) => Integers.Of(this[position]) ?? throw Raise.TypeError($"'{this[position].Type.Name}' object cannot be interpreted as an integer");

    public double Double(int position) => Floats.Of(this[position]);

    public bool Flag(Run run, int position) => Has(position) && Truth.Of(run, this[position]);
}
