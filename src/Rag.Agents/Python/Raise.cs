using Rag.Agents.Python.Values;

namespace Rag.Agents.Python;

/// <summary>Python's exceptions, to be thrown: <c>throw Raise.TypeError(...)</c>.</summary>
internal static class Raise
{
    public static Raised TypeError(string message) => Of(ErrorTypes.TypeError, message);

    public static Raised ValueError(string message) => Of(ErrorTypes.ValueError, message);

    public static Raised IndexError(string message) => Of(ErrorTypes.IndexError, message);

    public static Raised KeyError(Value key) => new(new PyException(ErrorTypes.KeyError, [key]));

    public static Raised NameError(string name) => Of(ErrorTypes.NameError, $"name '{name}' is not defined");

    public static Raised Unbound(string name) => Of(ErrorTypes.UnboundLocalError, $"cannot access local variable '{name}' where it is not associated with a value");

    public static Raised ZeroDivision(string message) => Of(ErrorTypes.ZeroDivisionError, message);

    public static Raised Overflow(string message) => Of(ErrorTypes.OverflowError, message);

    public static Raised AttributeError(string type, string name) => Of(ErrorTypes.AttributeError, $"'{type}' object has no attribute '{name}'");

    public static Raised Of(PyType type, string message) => new(new PyException(type, [new PyStr(message)]));
}
