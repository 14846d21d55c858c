namespace Rag.Agents.Python.Syntax;

/// <summary>Parses the statements that hold blocks of others.</summary>
internal sealed class BlockParser(TokenReader reader, ExpressionParser expressions, Parser lines)
{
    /// <summary>The compound statement that starts here, or null where a simple one does.</summary>
    public Statement? TryParse()
    {
        var line = reader.Line;
        if (reader.Is("@"))
        {
            return ParseDecorated(line);
        }

        if (reader.Current.Kind != TokenKind.Keyword)
        {
            return null;
        }

        switch (reader.Current.Text)
        {
            case "if":
                return ParseIf(line);
            case "while":
                reader.Take();
                var test = expressions.ParseItem(allowStar: false);
                return new Statement.While(line, test, ParseBlock("'while' statement", line), ParseElse());
            case "for":
                return ParseFor(line);
            case "def":
                return ParseDef(line, []);
            case "class":
                return ParseClass(line, []);
            case "try":
                return ParseTry(line);
            case "with":
                throw new SyntaxFault(line, "'with' is not supported: there is nothing here to open or to lock");
            case "async":
                throw new SyntaxFault(line, "asynchronous code is not supported");
            default:
                return null;
        }
    }

    private Statement.If ParseIf(int line)
    {
        List<(Expression, IReadOnlyList<Statement>)> branches = [];
        do
        {
            var start = reader.Take().Line;
            var test = expressions.ParseItem(allowStar: false);
            branches.Add((test, ParseBlock(branches.Count == 0 ? "'if' statement" : "'elif' statement", start)));
        }
        while (reader.Is("elif"));
        return new(line, branches, ParseElse());
    }

    private Statement.For ParseFor(int line)
    {
        reader.Take();
        var target = expressions.ParseTargets();
        AssignmentTargets.Check(target);
        reader.Expect("in");
        var source = expressions.ParseTuple();
        return new(line, target, source, ParseBlock("'for' statement", line), ParseElse());
    }

    private Statement ParseDecorated(int line)
    {
        List<Expression> decorators = [];
        while (reader.TryTake("@"))
        {
            decorators.Add(expressions.Parse());
            if (reader.Take().Kind != TokenKind.NewLine)
            {
                throw reader.Unexpected();
            }
        }

        return reader.Is("def") ? ParseDef(line, decorators) : reader.Is("class") ? ParseClass(line, decorators) : throw reader.Unexpected();
    }

    private Statement.Def ParseDef(int line, IReadOnlyList<Expression> decorators)
    {
        reader.Take();
        var name = reader.Name();
        reader.Expect("(");
        var parameters = new ParameterParser(reader, expressions).Parse(")", annotated: true);
        reader.Expect(")");
        if (reader.TryTake("->"))
        {
            expressions.ParseTuple();
        }

        return new(line, name, parameters, ParseBlock("function definition", line), decorators);
    }

    private Statement.Class ParseClass(int line, IReadOnlyList<Expression> decorators)
    {
        reader.Take();
        var name = reader.Name();
        List<Expression> parents = [];
        if (reader.TryTake("("))
        {
            while (!reader.TryTake(")"))
            {
                parents.Add(expressions.Parse());
                if (!reader.Is(")"))
                {
                    reader.Expect(",");
                }
            }
        }

        return parents.Count > 1
            ? throw new SyntaxFault(line, "a class with more than one parent is not supported")
            : new(line, name, parents, ParseBlock("class definition", line), decorators);
    }

    private Statement.Try ParseTry(int line)
    {
        reader.Take();
        var body = ParseBlock("'try' statement", line);
        List<ExceptClause> handlers = [];
        while (reader.Is("except"))
        {
            var start = reader.Take().Line;
            if (reader.Is("*"))
            {
                throw new SyntaxFault(start, "'except*' is not supported");
            }

            var types = reader.Is(":") ? null : expressions.Parse();
            var name = types is not null && reader.TryTake("as") ? reader.Name() : null;
            handlers.Add(new(start, types, name, ParseBlock("'except' statement", start)));
        }

        if (handlers.SkipLast(1).Any(h => h.Types is null))
        {
            throw new SyntaxFault(line, "default 'except:' must be last");
        }

        var otherwise = handlers.Count > 0 ? ParseElse() : [];
        var last = reader.Is("finally") ? ParseBlock("'finally' statement", reader.Take().Line) : [];
        return handlers.Count == 0 && last.Count == 0 ? throw new SyntaxFault(reader.Line, "expected 'except' or 'finally' block") : new(line, body, handlers, otherwise, last);
    }

    private List<Statement> ParseElse() => reader.Is("else") ? ParseBlock("'else' statement", reader.Take().Line) : [];

    private List<Statement> ParseBlock(string owner, int line)
    {
        reader.Expect(":");
        List<Statement> statements = [];
        if (reader.Current.Kind != TokenKind.NewLine)
        {
            lines.ParseSimpleLine(statements);
            return statements;
        }

        reader.Take();
        if (reader.Current.Kind != TokenKind.Indent)
        {
            throw new SyntaxFault(reader.Line, $"expected an indented block after {owner} on line {line}", "IndentationError");
        }

        reader.Take();
        reader.Enter();
        while (reader.Current.Kind is not (TokenKind.Dedent or TokenKind.End))
        {
            lines.ParseLine(statements);
        }

        reader.Leave();
        if (reader.Current.Kind == TokenKind.Dedent)
        {
            reader.Take();
        }

        return statements;
    }
}
