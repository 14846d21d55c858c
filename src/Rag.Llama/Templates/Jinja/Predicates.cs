namespace Rag.Llama.Templates.Jinja;

/// <summary>The tests that can stand after <c>is</c>.</summary>
internal static class Predicates
{
    private static readonly Dictionary<string, Func<Value, CallArguments, Runtime, bool>> All = new(StringComparer.Ordinal)
    {
        ["defined"] = (v, _, _) => v is not Value.Undefined,
        ["undefined"] = (v, _, _) => v is Value.Undefined,
        ["none"] = (v, _, _) => v is Value.None,
        ["boolean"] = (v, _, _) => v is Value.Bool,
        ["true"] = (v, _, _) => v is Value.Bool && v.IsTrue,
        ["false"] = (v, _, _) => v is Value.Bool && !v.IsTrue,
        ["integer"] = (v, _, _) => v is Value.Integer,
        ["float"] = (v, _, _) => v is Value.Real,
        ["number"] = (v, _, _) => Arithmetic.IsNumber(v),
        ["string"] = (v, _, _) => v is Value.Text,
        ["mapping"] = (v, _, _) => v is Value.Mapping,
        ["sequence"] = (v, _, _) => v is Value.Sequence or Value.Mapping or Value.Text or Value.Undefined,
        ["iterable"] = (v, _, _) => v is Value.Sequence or Value.Mapping or Value.Text or Value.Undefined,
        ["callable"] = (v, _, _) => v is Value.Function,
        ["odd"] = (v, _, r) => Remainder(v, new Value.Integer(2), r) == 1,
        ["even"] = (v, _, r) => Remainder(v, new Value.Integer(2), r) == 0,
        ["divisibleby"] = (v, a, r) => Remainder(v, a.Need(0, "num"), r) == 0,
        ["lower"] = (v, _, r) => Printing.ToText(v, r.Budget) is var t && t.Any(char.IsLower) && !t.Any(char.IsUpper),
        ["upper"] = (v, _, r) => Printing.ToText(v, r.Budget) is var t && t.Any(char.IsUpper) && !t.Any(char.IsLower),
        ["in"] = (v, a, r) => Operators.Contains(a.Need(0, "seq"), v, r.Budget),
        ["sameas"] = (v, a, r) => v.TypeName == a.Need(0, "other").TypeName && Operators.AreEqual(v, a.Need(0, "other"), r.Budget),
        ["equalto"] = Compare("=="),
        ["eq"] = Compare("=="),
        ["=="] = Compare("=="),
        ["ne"] = Compare("!="),
        ["!="] = Compare("!="),
        ["lt"] = Compare("<"),
        ["lessthan"] = Compare("<"),
        ["<"] = Compare("<"),
        ["le"] = Compare("<="),
        ["<="] = Compare("<="),
        ["gt"] = Compare(">"),
        ["greaterthan"] = Compare(">"),
        [">"] = Compare(">"),
        ["ge"] = Compare(">="),
        [">="] = Compare(">="),
        ["escaped"] = (_, _, _) => false,
    };

    /// <summary>The test of a name.</summary>
    public static Func<Value, CallArguments, Runtime, bool> Find(string name) => All.TryGetValue(name, out var test)
        ? test
        : throw new ChatTemplateException($"there is no test '{name}'. Tests: {string.Join(", ", All.Keys)}.");

    private static Func<Value, CallArguments, Runtime, bool> Compare(string operation) => (v, a, r) => Operators.Holds(operation, v, a.Need(0, "other"), r.Budget);

    private static double Remainder(Value value, Value by, Runtime runtime) => Arithmetic.ToDouble(Arithmetic.Apply("%", NotText(value), by, runtime.Budget));

    private static Value NotText(Value value) => Arithmetic.IsNumber(value) ? value : throw new ChatTemplateException($"a {value.TypeName} was tested for its divisor; test a number.{Operators.Why(value)}");
}
