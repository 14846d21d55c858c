using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Syntax;

/// <summary>Parses what stands between operators: constants, names, brackets, calls, subscripts.</summary>
internal sealed class AtomParser(TokenReader reader, ExpressionParser expressions)
{
    public Expression ParsePostfix()
    {
        var target = ParseAtom();
        var levels = 0;
        while (true)
        {
            var line = reader.Line;
            if (reader.TryTake("("))
            {
                target = new Expression.Call(line, target, ParseArguments());
            }
            else if (reader.TryTake("["))
            {
                target = new Expression.Subscript(line, target, ParseIndex());
                reader.Expect("]");
            }
            else if (reader.TryTake("."))
            {
                target = new Expression.Attribute(line, target, reader.Name());
            }
            else
            {
                reader.Leave(levels);
                return target;
            }

            levels++;
            reader.Enter(); // each step puts what stands before it one level deeper
        }
    }

    private Expression ParseAtom()
    {
        var token = reader.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                reader.Take();
                return new Expression.Name(token.Line, token.Text);
            case TokenKind.Number:
                reader.Take();
                return new Expression.Constant(token.Line, NumberText.Parse(token.Text, token.Line));
            case TokenKind.Text or TokenKind.FormattedText:
                return new FormattedTextParser(reader).ParseStrings();
            case TokenKind.Keyword when ExpressionParser.ConstantOf(token.Text) is { } constant:
                reader.Take();
                return new Expression.Constant(token.Line, constant);
            case TokenKind.Keyword when token.Text is "await" or "async":
                throw new SyntaxFault(token.Line, "asynchronous code is not supported");
            case TokenKind.Operator when token.Text == "...":
                reader.Take();
                return new Expression.Constant(token.Line, Ellipsis.Instance);
            case TokenKind.Operator when token.Text is "(" or "[" or "{":
                reader.Take();
                return token.Text switch { "(" => ParseParentheses(token.Line), "[" => ParseList(token.Line), _ => ParseBraces(token.Line) };
            default:
                throw reader.Unexpected();
        }
    }

    private Expression ParseParentheses(int line)
    {
        if (reader.TryTake(")"))
        {
            return new Expression.Tuple(line, []);
        }

        if (reader.Is("yield"))
        {
            var yielded = expressions.ParseYield();
            reader.Expect(")");
            return yielded;
        }

        var first = expressions.ParseItem();
        if (IsComprehension())
        {
            return ParseComprehension(line, ComprehensionKind.Generator, first, null, ")");
        }

        if (!reader.Is(","))
        {
            reader.Expect(")");
            return first is Expression.Starred ? throw new SyntaxFault(line, "cannot use starred expression here") : first;
        }

        return new Expression.Tuple(line, ParseRest(first, ")"));
    }

    private Expression ParseList(int line)
    {
        if (reader.TryTake("]"))
        {
            return new Expression.List(line, []);
        }

        var first = expressions.ParseItem();
        return IsComprehension() ? ParseComprehension(line, ComprehensionKind.List, first, null, "]") : new Expression.List(line, ParseRest(first, "]"));
    }

    private Expression ParseBraces(int line)
    {
        if (reader.TryTake("}"))
        {
            return new Expression.Dict(line, []);
        }

        if (!reader.Is("**"))
        {
            var first = expressions.ParseItem();
            if (!reader.Is(":"))
            {
                return IsComprehension() ? ParseComprehension(line, ComprehensionKind.Set, first, null, "}") : new Expression.Set(line, ParseRest(first, "}"));
            }

            reader.Expect(":");
            var value = expressions.Parse();
            return IsComprehension() ? ParseComprehension(line, ComprehensionKind.Dict, first, value, "}") : ParseDict(line, [(first, value)]);
        }

        reader.Expect("**");
        return ParseDict(line, [(null, expressions.ParseOperators(0))]);
    }

    private Expression.Dict ParseDict(int line, List<(Expression?, Expression)> pairs)
    {
        while (reader.TryTake(",") && !reader.Is("}"))
        {
            if (reader.TryTake("**"))
            {
                pairs.Add((null, expressions.ParseOperators(0)));
                continue;
            }

            var key = expressions.Parse();
            reader.Expect(":");
            pairs.Add((key, expressions.Parse()));
        }

        reader.Expect("}");
        return new Expression.Dict(line, pairs);
    }

    private List<Expression> ParseRest(Expression first, string close)
    {
        List<Expression> items = [first];
        while (reader.TryTake(",") && !reader.Is(close))
        {
            items.Add(expressions.ParseItem());
        }

        if (!reader.TryTake(close))
        {
            throw reader.Current.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Text ? new SyntaxFault(reader.Line, "invalid syntax. Perhaps you forgot a comma?") : reader.Unexpected();
        }

        return items;
    }

    private bool IsComprehension() => reader.Is("for") || (reader.Is("async") ? throw new SyntaxFault(reader.Line, "asynchronous code is not supported") : false);

    private Expression.Comprehension ParseComprehension(int line, ComprehensionKind kind, Expression element, Expression? value, string close)
    {
        List<Clause> clauses = [];
        var levels = 0;
        while (reader.Is("for"))
        {
            var start = reader.Take().Line;
            var target = expressions.ParseTargets();
            AssignmentTargets.Check(target);
            reader.Expect("in");
            var source = expressions.ParseWithoutConditional();
            List<Expression> conditions = [];
            while (reader.TryTake("if"))
            {
                conditions.Add(expressions.ParseWithoutConditional());
            }

            clauses.Add(new(start, target, source, conditions));
            levels++;
            reader.Enter();
        }

        reader.Leave(levels);
        reader.Expect(close);
        return new(line, kind, element, value, clauses);
    }

    private List<Argument> ParseArguments()
    {
        List<Argument> arguments = [];
        while (!reader.TryTake(")"))
        {
            var line = reader.Line;
            if (reader.TryTake("**"))
            {
                arguments.Add(new(ArgumentKind.DoubleStar, null, expressions.Parse()));
            }
            else if (reader.TryTake("*"))
            {
                arguments.Add(new(ArgumentKind.Star, null, expressions.Parse()));
            }
            else if (reader.Current.Kind == TokenKind.Name && reader.Following is { Kind: TokenKind.Operator, Text: "=" })
            {
                var name = reader.Name();
                reader.Expect("=");
                arguments.Add(arguments.Any(a => a.Name == name) ? throw new SyntaxFault(line, $"keyword argument repeated: {name}") : new(ArgumentKind.Named, name, expressions.Parse()));
            }
            else
            {
                var value = expressions.ParseItem(allowStar: false);
                if (IsComprehension())
                {
                    arguments.Add(new(ArgumentKind.Positional, null, ParseComprehension(line, ComprehensionKind.Generator, value, null, ")")));
                    return arguments.Count == 1 ? arguments : throw new SyntaxFault(line, "Generator expression must be parenthesized");
                }

                arguments.Add(arguments.Any(a => a.Kind is ArgumentKind.Named or ArgumentKind.DoubleStar) ? throw new SyntaxFault(line, "positional argument follows keyword argument") : new(ArgumentKind.Positional, null, value));
            }

            if (!reader.Is(")") && !reader.TryTake(","))
            {
                throw reader.Current.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Text ? new SyntaxFault(reader.Line, "invalid syntax. Perhaps you forgot a comma?") : reader.Unexpected();
            }
        }

        return arguments;
    }

    private Expression ParseIndex()
    {
        var line = reader.Line;
        var index = ParseSlice();
        if (reader.Is(","))
        {
            List<Expression> items = [index];
            while (reader.TryTake(",") && !reader.Is("]"))
            {
                items.Add(ParseSlice());
            }

            index = new Expression.Tuple(line, items);
        }

        return index;
    }

    private Expression ParseSlice()
    {
        var line = reader.Line;
        var start = reader.Is(":") ? null : expressions.ParseItem(allowStar: false);
        if (!reader.TryTake(":"))
        {
            return start!;
        }

        var stop = reader.Is(":") || reader.Is("]") || reader.Is(",") ? null : expressions.Parse();
        var step = reader.TryTake(":") && !reader.Is("]") && !reader.Is(",") ? expressions.Parse() : null;
        return new Expression.Slice(line, start, stop, step);
    }
}
