namespace Rag.Agents.Python.Operations;

/// <summary>The operators between two values that are not comparisons.</summary>
internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
}

/// <summary>How the operators are written.</summary>
internal static class BinaryOperatorNames
{
    private static readonly string[] Symbols = ["+", "-", "*", "/", "//", "%", "** or pow()", "&", "|", "^", "<<", ">>"];
    private static readonly string[] Names = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor", "lshift", "rshift"];

    public static string Symbol(this BinaryOperator operation) => Symbols[(int)operation];

    /// <summary>The special method of a class, such as <c>__add__</c>.</summary>
    public static string SpecialName(this BinaryOperator operation, bool reflected) => $"__{(reflected ? "r" : "")}{Names[(int)operation]}__";
}
