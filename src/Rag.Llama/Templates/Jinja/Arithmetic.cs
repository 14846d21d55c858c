namespace Rag.Llama.Templates.Jinja;

/// <summary>Operators on numbers, and the same signs on texts and lists.</summary>
internal static class Arithmetic
{
    /// <summary>Whether a value counts: truth values do.</summary>
    public static bool IsNumber(Value value) => value is Value.Integer or Value.Real or Value.Bool;

    /// <summary>The order of two numbers.</summary>
    public static int Compare(Value left, Value right) =>
        left is Value.Real || right is Value.Real ? ToDouble(left).CompareTo(ToDouble(right)) : ToLong(left).CompareTo(ToLong(right));

    /// <summary>A number as a double.</summary>
    public static double ToDouble(Value value) => value is Value.Real real ? real.Content : ToLong(value);

    /// <summary>The value of <c>left operation right</c>.</summary>
    public static Value Apply(string operation, Value left, Value right, RenderBudget budget)
    {
        budget.Step();
        switch (operation, left, right)
        {
            case ("~", _, _):
                return budget.Text(Printing.ToText(left, budget) + Printing.ToText(right, budget));
            case ("+", Value.Text a, Value.Text b):
                budget.Characters((long)a.Content.Length + b.Content.Length);
                return new Value.Text(a.Content + b.Content);
            case ("+", Value.Sequence a, Value.Sequence b) when a.IsTuple == b.IsTuple:
                budget.Elements((long)a.Items.Count + b.Items.Count);
                return new Value.Sequence([.. a.Items, .. b.Items], a.IsTuple);
            case ("*", Value.Text text, _) when right is Value.Integer or Value.Bool:
                return Repeat(text, ToLong(right), budget);
            case ("*", _, Value.Text text) when left is Value.Integer or Value.Bool:
                return Repeat(text, ToLong(left), budget);
            case ("*", Value.Sequence sequence, _) when right is Value.Integer or Value.Bool:
                return Repeat(sequence, ToLong(right), budget);
            case ("%", Value.Text format, _):
                return Formatting.Printf(format.Content, right is Value.Sequence { IsTuple: true } many ? many.Items : [right], budget);
            case var _ when IsNumber(left) && IsNumber(right):
                return OfNumbers(operation, left, right);
            default:
                throw new ChatTemplateException($"'{operation}' was asked of a {left.TypeName} and a {right.TypeName}; give it two numbers or two texts.{Operators.Why(left)}{Operators.Why(right)}");
        }
    }

    /// <summary>The value of <c>-value</c> or <c>+value</c>.</summary>
    public static Value Sign(string operation, Value value) => value switch
    {
        _ when !IsNumber(value) => throw new ChatTemplateException($"the sign '{operation}' stands before a {value.TypeName}; put it before a number.{Operators.Why(value)}"),
        Value.Real real => operation == "-" ? new Value.Real(-real.Content) : real,
        _ => OfNumbers(operation, new Value.Integer(0), value),
    };

    private static long ToLong(Value value) => value is Value.Integer integer ? integer.Content : value.IsTrue ? 1 : 0;

    private static Value OfNumbers(string operation, Value left, Value right)
    {
        try
        {
            return operation == "/" || left is Value.Real || right is Value.Real || (operation == "**" && ToLong(right) < 0)
                ? new Value.Real(OfDoubles(operation, ToDouble(left), ToDouble(right)))
                : new Value.Integer(OfLongs(operation, ToLong(left), ToLong(right)));
        }
        catch (ArithmeticException e)
        {
            throw new ChatTemplateException($"{Printing.OfNumber(left)} {operation} {Printing.OfNumber(right)} has no result in 64 bits; use other numbers.", e);
        }
    }

    private static double OfDoubles(string operation, double left, double right) => operation switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "**" => Math.Pow(left, right),
        _ when right == 0 => throw new DivideByZeroException(),
        "/" => left / right,
        "//" => Math.Floor(left / right),
        _ => left - (right * Math.Floor(left / right)),
    };

    private static long OfLongs(string operation, long left, long right) => checked(operation switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "**" => Power(left, right),
        "//" => FloorDivide(left, right),
        _ when right == -1 => 0,
        _ => ((left % right) + right) % right,
    });

    private static long FloorDivide(long left, long right)
    {
        var (quotient, remainder) = (checked(left / right), right == -1 ? 0 : left % right);
        return remainder != 0 && (remainder < 0) != (right < 0) ? quotient - 1 : quotient;
    }

    private static long Power(long left, long right)
    {
        if (left is 0 or 1 or -1)
        {
            return right == 0 ? 1 : left == -1 && right % 2 == 0 ? 1 : left;
        }

        long result = 1;
        for (; right > 0; right--)
        {
            result = checked(result * left);
        }

        return result;
    }

    private static Value.Text Repeat(Value.Text text, long count, RenderBudget budget)
    {
        var times = Math.Clamp(count, 0, Limits.TextLength + 1);
        budget.Characters(text.Content.Length * times);
        return new Value.Text(text.Content.Length == 0 ? "" : new System.Text.StringBuilder().Insert(0, text.Content, (int)times).ToString());
    }

    private static Value.Sequence Repeat(Value.Sequence sequence, long count, RenderBudget budget)
    {
        var times = Math.Clamp(count, 0, Limits.Memory);
        budget.Elements(Math.Min(sequence.Items.Count * times, Limits.Memory));
        return new Value.Sequence(sequence.Items.Count == 0 ? [] : [.. Enumerable.Repeat(sequence.Items, (int)times).SelectMany(i => i)], sequence.IsTuple);
    }
}
