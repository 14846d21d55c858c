using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>Modules of a few names: <c>string</c>, <c>operator</c>, and <c>typing</c>, whose names mean nothing at run time.</summary>
internal static class SmallModules
{
    public static readonly Dictionary<string, Value> Text = new()
    {
        ["ascii_lowercase"] = "abcdefghijklmnopqrstuvwxyz",
        ["ascii_uppercase"] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        ["ascii_letters"] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        ["digits"] = "0123456789",
        ["hexdigits"] = "0123456789abcdefABCDEF",
        ["punctuation"] = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        ["whitespace"] = " \t\n\r\v\f",
    };

    public static readonly Dictionary<string, Value> Operators = new Dictionary<string, Native>
    {
        ["add"] = Binary(BinaryOperator.Add),
        ["sub"] = Binary(BinaryOperator.Subtract),
        ["mul"] = Binary(BinaryOperator.Multiply),
        ["truediv"] = Binary(BinaryOperator.Divide),
        ["floordiv"] = Binary(BinaryOperator.FloorDivide),
        ["mod"] = Binary(BinaryOperator.Modulo),
        ["pow"] = Binary(BinaryOperator.Power),
        ["xor"] = Binary(BinaryOperator.Xor),
        ["eq"] = Comparison(ComparisonOperator.Equal),
        ["lt"] = Comparison(ComparisonOperator.Less),
        ["gt"] = Comparison(ComparisonOperator.Greater),
        ["neg"] = (run, arguments) => Arithmetic.Negate(run, arguments.Exactly("neg", 1)[0]),
        ["itemgetter"] = (_, getter) => new PyBuiltin("itemgetter", (run, arguments) => getter.Values.Length == 1
            ? arguments.Exactly("itemgetter", 1)[0].Object.GetItem(run, getter[0])
            : new PyTuple([.. getter.Values.Select(k => arguments[0].Object.GetItem(run, k))])),
        ["attrgetter"] = (_, getter) => new PyBuiltin("attrgetter", (run, arguments) => Attributes.Get(run, arguments.Exactly("attrgetter", 1)[0], getter.Exactly("attrgetter", 1).Text(0))),
    }.ToDictionary(f => f.Key, f => (Value)new PyBuiltin(f.Key, f.Value));

    public static readonly Dictionary<string, Value> Typing = new()
    {
        ["List"] = Types.List,
        ["Dict"] = Types.Dict,
        ["Set"] = Types.Set,
        ["Tuple"] = Types.Tuple,
        ["Any"] = Types.Object,
        ["Union"] = Types.Object,
        ["Optional"] = Types.Object,
        ["Callable"] = Types.Object,
        ["Iterable"] = Types.Object,
        ["Iterator"] = Types.Object,
        ["Sequence"] = Types.Object,
    };

    private static Native Binary(BinaryOperator operation) => (run, arguments) => Arithmetic.Apply(run, operation, arguments.Exactly("operator", 2)[0], arguments[1]);

    private static Native Comparison(ComparisonOperator comparison) => (run, arguments) => Value.Bool(Comparing.Compare(run, comparison, arguments.Exactly("operator", 2)[0], arguments[1]));
}
