using System.Globalization;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Reads expressions; one method for each level of precedence, loosest first, in Jinja's order.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private static readonly HashSet<string> Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    /// <summary>An expression; several with commas between them are a tuple.</summary>
    public Expression ParseTuple(bool withCondition = true)
    {
        var line = tokens.Current.Line;
        var first = withCondition ? Parse() : ParseOr();
        if (!tokens.Current.IsOperator(","))
        {
            return first;
        }

        var items = new List<Expression> { first };
        while (tokens.TakeOperator(",") && tokens.Current.Kind is not (TokenKind.BlockEnd or TokenKind.OutputEnd) && !tokens.Current.IsOperator(")"))
        {
            items.Add(withCondition ? Parse() : ParseOr());
        }

        return new Expression.Sequence(items, IsTuple: true, line);
    }

    /// <summary>One expression.</summary>
    public Expression Parse()
    {
        tokens.Enter();
        var line = tokens.Current.Line;
        var expression = ParseOr();
        while (tokens.TakeName("if"))
        {
            var condition = ParseOr();
            expression = new Expression.Conditional(condition, expression, tokens.TakeName("else") ? Parse() : null, line);
        }

        tokens.Leave();
        return expression;
    }

    /// <summary>What stands behind the name of a filter or in a call: <c>(a, name=b)</c>; nothing where there is no bracket.</summary>
    public ArgumentList ParseArguments()
    {
        if (!tokens.TakeOperator("("))
        {
            return ArgumentList.Empty;
        }

        List<Expression> positional = [];
        List<(string Name, Expression Value)> named = [];
        while (!tokens.TakeOperator(")"))
        {
            if (tokens.Current.Kind == TokenKind.Name && tokens.Following.IsOperator("="))
            {
                var name = tokens.Take().Text;
                tokens.Take();
                named.Add((name, Parse()));
            }
            else
            {
                positional.Add(Parse());
            }

            if (!tokens.Current.IsOperator(")"))
            {
                tokens.ExpectOperator(",");
            }
        }

        return new ArgumentList(positional, named);
    }

    /// <summary>A filter's name and arguments, then further filters on its result; the first has no target.</summary>
    public Expression.Filter ParseFilters(Expression? target)
    {
        var line = tokens.Current.Line;
        var filter = new Expression.Filter(target, tokens.Expect(TokenKind.Name, "the name of a filter").Text, ParseArguments(), line);
        while (tokens.TakeOperator("|"))
        {
            filter = new Expression.Filter(filter, tokens.Expect(TokenKind.Name, "the name of a filter").Text, ParseArguments(), line);
        }

        return filter;
    }

    private Expression ParseOr() => ParseLeft(ParseAnd, t => t.IsName("or"));

    private Expression ParseAnd() => ParseLeft(ParseNot, t => t.IsName("and"));

    private Expression ParseNot()
    {
        var line = tokens.Current.Line;
        if (!tokens.TakeName("not"))
        {
            return ParseComparison();
        }

        tokens.Enter();
        var operand = ParseNot();
        tokens.Leave();
        return new Expression.Unary("not", operand, line);
    }

    private Expression ParseComparison()
    {
        var line = tokens.Current.Line;
        var first = ParseSum();
        List<(string Operator, Expression Operand)> rest = [];
        while (true)
        {
            if (tokens.Current.Kind == TokenKind.Operator && Comparisons.Contains(tokens.Current.Text))
            {
                rest.Add((tokens.Take().Text, ParseSum()));
            }
            else if (tokens.TakeName("in"))
            {
                rest.Add(("in", ParseSum()));
            }
            else if (tokens.Current.IsName("not") && tokens.Following.IsName("in"))
            {
                tokens.Take();
                tokens.Take();
                rest.Add(("not in", ParseSum()));
            }
            else
            {
                return rest.Count == 0 ? first : new Expression.Comparison(first, rest, line);
            }
        }
    }

    private Expression ParseSum() => ParseLeft(ParseConcatenation, t => t.IsOperator("+") || t.IsOperator("-"));

    private Expression ParseConcatenation() => ParseLeft(ParseProduct, t => t.IsOperator("~"));

    private Expression ParseProduct() => ParseLeft(ParsePower, t => t.IsOperator("*") || t.IsOperator("/") || t.IsOperator("//") || t.IsOperator("%"));

    private Expression ParsePower() => ParseLeft(() => ParseUnary(withFilters: true), t => t.IsOperator("**"));

    private Expression ParseLeft(Func<Expression> operand, Func<Token, bool> isOperator)
    {
        var expression = operand();
        while (isOperator(tokens.Current))
        {
            var token = tokens.Take();
            expression = new Expression.Binary(token.Text, expression, operand(), token.Line);
        }

        return expression;
    }

    private Expression ParseUnary(bool withFilters)
    {
        var token = tokens.Current;
        Expression expression;
        if (tokens.TakeOperator("-") || tokens.TakeOperator("+"))
        {
            tokens.Enter();
            expression = new Expression.Unary(token.Text, ParseUnary(withFilters: false), token.Line);
            tokens.Leave();
        }
        else
        {
            expression = ParsePostfix(ParsePrimary());
        }

        return withFilters ? ParseFiltersAndTests(expression) : expression;
    }

    private Expression ParseFiltersAndTests(Expression expression)
    {
        while (true)
        {
            var line = tokens.Current.Line;
            if (tokens.TakeOperator("|"))
            {
                expression = ParsePostfix(new Expression.Filter(expression, tokens.Expect(TokenKind.Name, "the name of a filter").Text, ParseArguments(), line));
            }
            else if (tokens.TakeName("is"))
            {
                var negated = tokens.TakeName("not");
                var test = new Expression.Test(expression, tokens.Expect(TokenKind.Name, "the name of a test").Text, ParseTestArguments(), line);
                expression = negated ? new Expression.Unary("not", test, line) : test;
            }
            else
            {
                return expression;
            }
        }
    }

    private ArgumentList ParseTestArguments()
    {
        var token = tokens.Current;
        var isValue = token.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Real
            || token.IsOperator("[") || token.IsOperator("{")
            || (token.Kind == TokenKind.Name && token.Text is not ("else" or "or" or "and" or "is" or "if" or "in" or "not"));
        return token.IsOperator("(") ? ParseArguments() : isValue ? new ArgumentList([ParsePostfix(ParsePrimary())], []) : ArgumentList.Empty;
    }

    private Expression ParsePostfix(Expression expression)
    {
        while (true)
        {
            var line = tokens.Current.Line;
            if (tokens.TakeOperator("."))
            {
                expression = tokens.Current.Kind == TokenKind.Integer
                    ? new Expression.Index(expression, ParsePrimary(), line)
                    : new Expression.Attribute(expression, tokens.Expect(TokenKind.Name, "the name of an attribute").Text, line);
            }
            else if (tokens.TakeOperator("["))
            {
                expression = ParseSubscript(expression, line);
            }
            else if (tokens.Current.IsOperator("("))
            {
                expression = new Expression.Call(expression, ParseArguments(), line);
            }
            else
            {
                return expression;
            }
        }
    }

    private Expression ParseSubscript(Expression target, int line)
    {
        var first = tokens.Current.IsOperator(":") ? null : Parse();
        if (first is not null && tokens.TakeOperator("]"))
        {
            return new Expression.Index(target, first, line);
        }

        tokens.ExpectOperator(":");
        var stop = tokens.Current.IsOperator(":") || tokens.Current.IsOperator("]") ? null : Parse();
        var step = tokens.TakeOperator(":") && !tokens.Current.IsOperator("]") ? Parse() : null;
        tokens.ExpectOperator("]");
        return new Expression.Slice(target, first, stop, step, line);
    }

    private Expression ParsePrimary()
    {
        var token = tokens.Take();
        return token switch
        {
            { Kind: TokenKind.Name, Text: "true" or "True" } => new Expression.Literal(Value.True, token.Line),
            { Kind: TokenKind.Name, Text: "false" or "False" } => new Expression.Literal(Value.False, token.Line),
            { Kind: TokenKind.Name, Text: "none" or "None" } => new Expression.Literal(Value.Nothing, token.Line),
            { Kind: TokenKind.Name } => new Expression.Name(token.Text, token.Line),
            { Kind: TokenKind.String } => new Expression.Literal(new Value.Text(ReadStrings(token.Text)), token.Line),
            { Kind: TokenKind.Integer } => new Expression.Literal(long.TryParse(token.Text, CultureInfo.InvariantCulture, out var number) ? new Value.Integer(number) : throw new ChatTemplateException($"the number {token.Text} is too large; write one below {long.MaxValue}.", token.Line), token.Line),
            { Kind: TokenKind.Real } => new Expression.Literal(new Value.Real(double.Parse(token.Text, CultureInfo.InvariantCulture)), token.Line),
            { Kind: TokenKind.Operator, Text: "(" } => ParseParenthesis(token.Line),
            { Kind: TokenKind.Operator, Text: "[" } => new Expression.Sequence(ParseItems("]"), IsTuple: false, token.Line),
            { Kind: TokenKind.Operator, Text: "{" } => ParseMapping(token.Line),
            _ => throw new ChatTemplateException($"'{token.Text}' stands where a value should be; correct the template or use another.", token.Line),
        };
    }

    private string ReadStrings(string first)
    {
        if (tokens.Current.Kind != TokenKind.String)
        {
            return first;
        }

        var parts = new List<string> { first };
        while (tokens.Current.Kind == TokenKind.String)
        {
            parts.Add(tokens.Take().Text);
        }

        return string.Concat(parts);
    }

    private Expression ParseParenthesis(int line)
    {
        if (tokens.TakeOperator(")"))
        {
            return new Expression.Sequence([], IsTuple: true, line);
        }

        var expression = ParseTuple();
        tokens.ExpectOperator(")");
        return expression;
    }

    private List<Expression> ParseItems(string close)
    {
        List<Expression> items = [];
        while (!tokens.TakeOperator(close))
        {
            items.Add(Parse());
            if (!tokens.Current.IsOperator(close))
            {
                tokens.ExpectOperator(",");
            }
        }

        return items;
    }

    private Expression.Mapping ParseMapping(int line)
    {
        List<(Expression Key, Expression Value)> entries = [];
        while (!tokens.TakeOperator("}"))
        {
            var key = Parse();
            tokens.ExpectOperator(":");
            entries.Add((key, Parse()));
            if (!tokens.Current.IsOperator("}"))
            {
                tokens.ExpectOperator(",");
            }
        }

        return new Expression.Mapping(entries, line);
    }
}
