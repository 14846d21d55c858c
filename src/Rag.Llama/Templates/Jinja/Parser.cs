namespace Rag.Llama.Templates.Jinja;

/// <summary>Reads the statements of a template.</summary>
internal sealed class Parser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private int _loops;

    private Parser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
    }

    /// <summary>The statements of a template.</summary>
    /// <exception cref="ChatTemplateException">It is too long or not in the language; <see cref="ChatTemplateException.Line"/> says where.</exception>
    public static IReadOnlyList<Statement> Parse(string template)
    {
        if (template.Length > Limits.TemplateLength)
        {
            throw new ChatTemplateException($"The chat template has {template.Length} characters and {Limits.TemplateLength} are allowed; use another template.");
        }

        var tokens = new TokenReader(Lexer.Read(template));
        var body = new Parser(tokens).ParseBody();
        return tokens.Current.Kind == TokenKind.End ? body : throw tokens.Unexpected("an opening tag or the end");
    }

    /// <summary>Statements up to the end or a tag that no statement begins with, such as <c>endif</c>, whose name is then next.</summary>
    private List<Statement> ParseBody()
    {
        _tokens.Enter();
        List<Statement> body = [];
        while (true)
        {
            var token = _tokens.Current;
            if (token.Kind == TokenKind.Text)
            {
                body.Add(new Statement.Text(_tokens.Take().Text, token.Line));
            }
            else if (token.Kind == TokenKind.OutputBegin)
            {
                _tokens.Take();
                body.Add(new Statement.Output(_expressions.ParseTuple(), token.Line));
                _tokens.Expect(TokenKind.OutputEnd, "'}}'");
            }
            else if (token.Kind == TokenKind.BlockBegin)
            {
                _tokens.Take();
                if (ParseBlock() is not { } statement)
                {
                    break;
                }

                body.Add(statement);
            }
            else
            {
                break;
            }
        }

        _tokens.Leave();
        return body;
    }

    private Statement? ParseBlock()
    {
        var token = _tokens.Current;
        return token.Text switch
        {
            _ when token.Kind != TokenKind.Name => throw _tokens.Unexpected("the name of a statement"),
            "if" => ParseIf(),
            "for" => ParseFor(),
            "set" => ParseSet(),
            "macro" => ParseMacro(),
            "call" => ParseCall(),
            "filter" => ParseFilter(),
            "generation" => new Statement.GenerationBlock(ParseBodyTo("endgeneration", Begin()), token.Line),
            "do" => Closed(new Statement.Do(AfterName(() => _expressions.ParseTuple()), token.Line)),
            "break" when _loops > 0 => Closed(AfterName(() => new Statement.Break(token.Line))),
            "continue" when _loops > 0 => Closed(AfterName(() => new Statement.Continue(token.Line))),
            "elif" or "else" => null,
            _ when token.Text.StartsWith("end", StringComparison.Ordinal) => null,
            _ => throw new ChatTemplateException($"the statement '{token.Text}' is not known here; chat templates have if, for, set, macro, call, filter, generation, do, and break and continue in a for.", token.Line),
        };
    }

    private Statement.If ParseIf()
    {
        var line = _tokens.Take().Line;
        List<(Expression Condition, IReadOnlyList<Statement> Body)> branches = [];
        do
        {
            var condition = _expressions.ParseTuple();
            branches.Add((condition, ParseClosedBody()));
        }
        while (_tokens.TakeName("elif"));

        var otherwise = _tokens.TakeName("else") ? ParseClosedBody() : [];
        EndBlock("endif", line);
        return new Statement.If(branches, otherwise, line);
    }

    private Statement.For ParseFor()
    {
        var line = _tokens.Take().Line;
        List<string> targets = [];
        var bracketed = _tokens.TakeOperator("(");
        do
        {
            targets.Add(_tokens.Expect(TokenKind.Name, "the name of a variable").Text);
        }
        while (_tokens.TakeOperator(","));

        if (bracketed)
        {
            _tokens.ExpectOperator(")");
        }

        if (!_tokens.TakeName("in"))
        {
            throw _tokens.Unexpected("'in'");
        }

        var items = _expressions.ParseTuple(withCondition: false);
        var condition = _tokens.TakeName("if") ? _expressions.Parse() : null;
        _tokens.TakeName("recursive");
        _loops++;
        var body = ParseClosedBody();
        _loops--;
        var otherwise = _tokens.TakeName("else") ? ParseClosedBody() : [];
        EndBlock("endfor", line);
        return new Statement.For(targets, items, condition, body, otherwise, line);
    }

    private Statement ParseSet()
    {
        var line = _tokens.Take().Line;
        List<Expression> targets = [];
        do
        {
            targets.Add(ParseTarget());
        }
        while (_tokens.TakeOperator(","));

        if (_tokens.TakeOperator("="))
        {
            return Closed(new Statement.Set(targets, _expressions.ParseTuple(), line));
        }

        var filter = _tokens.TakeOperator("|") ? _expressions.ParseFilters(target: null) : null;
        return targets.Count == 1 ? new Statement.SetBlock(targets[0], filter, ParseBodyTo("endset", line), line) : throw _tokens.Unexpected("'='");
    }

    private Expression ParseTarget()
    {
        var name = _tokens.Expect(TokenKind.Name, "the name of a variable");
        var variable = new Expression.Name(name.Text, name.Line);
        return _tokens.TakeOperator(".") ? new Expression.Attribute(variable, _tokens.Expect(TokenKind.Name, "the name of an attribute").Text, name.Line) : variable;
    }

    private Statement.Macro ParseMacro()
    {
        var line = _tokens.Take().Line;
        var name = _tokens.Expect(TokenKind.Name, "the name of a macro").Text;
        _tokens.ExpectOperator("(");
        return new Statement.Macro(name, ParseParameters(), ParseBodyTo("endmacro", line), line);
    }

    private Statement.CallBlock ParseCall()
    {
        var line = _tokens.Take().Line;
        var parameters = _tokens.TakeOperator("(") ? ParseParameters() : [];
        var call = _expressions.Parse() as Expression.Call ?? throw _tokens.Unexpected("a call of a macro");
        return new Statement.CallBlock(parameters, call, ParseBodyTo("endcall", line), line);
    }

    private Statement.FilterBlock ParseFilter()
    {
        var line = _tokens.Take().Line;
        var filter = _expressions.ParseFilters(target: null);
        return new Statement.FilterBlock(filter, ParseBodyTo("endfilter", line), line);
    }

    private List<Parameter> ParseParameters()
    {
        List<Parameter> parameters = [];
        while (!_tokens.TakeOperator(")"))
        {
            var name = _tokens.Expect(TokenKind.Name, "the name of a parameter").Text;
            parameters.Add(new Parameter(name, _tokens.TakeOperator("=") ? _expressions.Parse() : null));
            if (!_tokens.Current.IsOperator(")"))
            {
                _tokens.ExpectOperator(",");
            }
        }

        return parameters;
    }

    private T AfterName<T>(Func<T> read)
    {
        _tokens.Take();
        return read();
    }

    private int Begin() => _tokens.Take().Line;

    private Statement Closed(Statement statement)
    {
        _tokens.Expect(TokenKind.BlockEnd, "'%}'");
        return statement;
    }

    private List<Statement> ParseClosedBody()
    {
        _tokens.Expect(TokenKind.BlockEnd, "'%}'");
        return ParseBody();
    }

    private List<Statement> ParseBodyTo(string end, int line)
    {
        var outer = _loops;
        _loops = end is "endmacro" or "endcall" ? 0 : _loops;
        var body = ParseClosedBody();
        _loops = outer;
        EndBlock(end, line);
        return body;
    }

    private void EndBlock(string end, int line)
    {
        if (!_tokens.TakeName(end))
        {
            throw _tokens.Unexpected($"'{end}' for line {line}");
        }

        if (_tokens.Current.Kind == TokenKind.Name)
        {
            _tokens.Take();
        }

        _tokens.Expect(TokenKind.BlockEnd, "'%}'");
    }
}
