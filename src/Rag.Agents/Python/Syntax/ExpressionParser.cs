using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Syntax;

/// <summary>Parses expressions, by precedence.</summary>
internal sealed class ExpressionParser(TokenReader reader)
{
    // operators by precedence, loosest first
    private static readonly Dictionary<string, (int Level, BinaryOperator Operator)> Operators = new()
    {
        ["|"] = (0, BinaryOperator.Or),
        ["^"] = (1, BinaryOperator.Xor),
        ["&"] = (2, BinaryOperator.And),
        ["<<"] = (3, BinaryOperator.ShiftLeft),
        [">>"] = (3, BinaryOperator.ShiftRight),
        ["+"] = (4, BinaryOperator.Add),
        ["-"] = (4, BinaryOperator.Subtract),
        ["*"] = (5, BinaryOperator.Multiply),
        ["/"] = (5, BinaryOperator.Divide),
        ["//"] = (5, BinaryOperator.FloorDivide),
        ["%"] = (5, BinaryOperator.Modulo),
    };

    private const int UnaryLevel = 6;

    /// <summary>Expressions with commas between them, which make a tuple.</summary>
    public Expression ParseTuple(bool allowStar = true)
    {
        var line = reader.Line;
        var first = ParseItem(allowStar);
        if (!reader.Is(","))
        {
            return first;
        }

        List<Expression> items = [first];
        while (reader.TryTake(",") && StartsExpression())
        {
            items.Add(ParseItem(allowStar));
        }

        return new Expression.Tuple(line, items);
    }

    /// <summary>One expression, with <c>:=</c> and a star where they may stand.</summary>
    public Expression ParseItem(bool allowStar = true)
    {
        var line = reader.Line;
        if (allowStar && reader.TryTake("*"))
        {
            return new Expression.Starred(line, ParseOperators(0));
        }

        if (reader.Current.Kind == TokenKind.Name && reader.Following is { Kind: TokenKind.Operator, Text: ":=" })
        {
            var name = reader.Name();
            reader.Take();
            return new Expression.Assigned(line, name, Parse());
        }

        return Parse();
    }

    public Expression Parse()
    {
        reader.Enter();
        var expression = ParseConditional();
        reader.Leave();
        return expression;
    }

    /// <summary>An expression in which <c>if</c> is not part: the source or condition of a comprehension.</summary>
    public Expression ParseWithoutConditional()
    {
        reader.Enter();
        var expression = reader.Current.Kind == TokenKind.Name && reader.Following is { Kind: TokenKind.Operator, Text: ":=" }
            ? ParseItem()
            : reader.Is("lambda") ? ParseConditional() : ParseLogical(isAnd: false);
        reader.Leave();
        return expression;
    }

    /// <summary>What may stand left of <c>in</c> in a <c>for</c>.</summary>
    public Expression ParseTargets()
    {
        var line = reader.Line;
        List<Expression> items = [];
        do
        {
            var starred = reader.TryTake("*");
            var item = ParseOperators(0);
            items.Add(starred ? new Expression.Starred(line, item) : item);
        }
        while (reader.TryTake(",") && !reader.Is("in") && !reader.Is("="));
        return items is [var only] && reader.Is("in") && only is not Expression.Starred ? only : new Expression.Tuple(line, items);
    }

    public Expression ParseOperators(int level)
    {
        if (level == UnaryLevel)
        {
            return ParseUnary();
        }

        var line = reader.Line;
        var first = ParseOperators(level + 1);
        List<(BinaryOperator, Expression)>? rest = null;
        while (reader.Current.Kind == TokenKind.Operator && Operators.TryGetValue(reader.Current.Text, out var found) && found.Level == level)
        {
            reader.Take();
            (rest ??= []).Add((found.Operator, ParseOperators(level + 1)));
        }

        return rest is null ? first : new Expression.Chain(line, first, rest);
    }

    public bool StartsExpression() => reader.Current.Kind switch
    {
        TokenKind.Name or TokenKind.Number or TokenKind.Text or TokenKind.FormattedText => true,
        TokenKind.Keyword => reader.Current.Text is "None" or "True" or "False" or "not" or "lambda" or "yield" or "await",
        TokenKind.Operator => reader.Current.Text is "(" or "[" or "{" or "-" or "+" or "~" or "*" or "...",
        _ => false,
    };

    public Expression ParseYield()
    {
        var line = reader.Line;
        reader.Expect("yield");
        return reader.TryTake("from")
            ? new Expression.Yield(line, Parse(), IsFrom: true)
            : new Expression.Yield(line, StartsExpression() ? ParseTuple() : null, IsFrom: false);
    }

    private Expression ParseConditional()
    {
        var line = reader.Line;
        if (reader.TryTake("lambda"))
        {
            var parameters = new ParameterParser(reader, this).Parse(":", annotated: false);
            reader.Expect(":");
            return new Expression.Lambda(line, parameters, Parse());
        }

        var then = ParseLogical(isAnd: false);
        if (!reader.TryTake("if"))
        {
            return then;
        }

        var test = ParseLogical(isAnd: false);
        if (!reader.TryTake("else"))
        {
            throw new SyntaxFault(reader.Line, "expected 'else' after 'if' expression");
        }

        return new Expression.Conditional(line, test, then, Parse());
    }

    private Expression ParseLogical(bool isAnd)
    {
        var line = reader.Line;
        var first = isAnd ? ParseNot() : ParseLogical(isAnd: true);
        if (!reader.Is(isAnd ? "and" : "or"))
        {
            return first;
        }

        List<Expression> operands = [first];
        while (reader.TryTake(isAnd ? "and" : "or"))
        {
            operands.Add(isAnd ? ParseNot() : ParseLogical(isAnd: true));
        }

        return new Expression.Logical(line, isAnd, operands);
    }

    private Expression ParseNot()
    {
        var line = reader.Line;
        if (!reader.TryTake("not"))
        {
            return ParseComparison();
        }

        reader.Enter();
        var operand = ParseNot();
        reader.Leave();
        return new Expression.Not(line, operand);
    }

    private Expression ParseComparison()
    {
        var line = reader.Line;
        var first = ParseOperators(0);
        List<(ComparisonOperator, Expression)>? rest = null;
        while (TakeComparison() is { } comparison)
        {
            (rest ??= []).Add((comparison, ParseOperators(0)));
        }

        return rest is null ? first : new Expression.Comparison(line, first, rest);
    }

    private ComparisonOperator? TakeComparison()
    {
        if (reader.Current.Kind is not (TokenKind.Operator or TokenKind.Keyword))
        {
            return null;
        }

        ComparisonOperator? found = reader.Current.Text switch
        {
            "==" => ComparisonOperator.Equal,
            "!=" => ComparisonOperator.NotEqual,
            "<" => ComparisonOperator.Less,
            "<=" => ComparisonOperator.LessOrEqual,
            ">" => ComparisonOperator.Greater,
            ">=" => ComparisonOperator.GreaterOrEqual,
            "in" => ComparisonOperator.In,
            "is" => ComparisonOperator.Is,
            "not" when reader.Following is { Kind: TokenKind.Keyword, Text: "in" } => ComparisonOperator.NotIn,
            _ => null,
        };
        if (found is null)
        {
            return null;
        }

        reader.Take();
        if (found == ComparisonOperator.NotIn)
        {
            reader.Take();
        }

        return found == ComparisonOperator.Is && reader.TryTake("not") ? ComparisonOperator.IsNot : found;
    }

    private Expression ParseUnary()
    {
        var line = reader.Line;
        if (reader.Current is { Kind: TokenKind.Operator, Text: "-" or "+" or "~" })
        {
            var symbol = reader.Take().Text[0];
            reader.Enter();
            var operand = ParseUnary();
            reader.Leave();
            return new Expression.Unary(line, symbol, operand);
        }

        var target = new AtomParser(reader, this).ParsePostfix();
        if (!reader.TryTake("**"))
        {
            return target;
        }

        reader.Enter();
        var exponent = ParseUnary();
        reader.Leave();
        return new Expression.Chain(line, target, [(BinaryOperator.Power, exponent)]);
    }

    /// <summary>The value of a name of a constant, or null.</summary>
    public static Value? ConstantOf(string keyword) => keyword switch
    {
        "None" => (Value?)Value.None,
        "True" => Value.True,
        "False" => Value.False,
        _ => null,
    };
}
