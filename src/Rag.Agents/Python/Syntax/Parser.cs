using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Syntax;

/// <summary>Parses a program into statements.</summary>
internal sealed class Parser
{
    private static readonly Dictionary<string, BinaryOperator> Augmenting = new()
    {
        ["+="] = BinaryOperator.Add,
        ["-="] = BinaryOperator.Subtract,
        ["*="] = BinaryOperator.Multiply,
        ["/="] = BinaryOperator.Divide,
        ["//="] = BinaryOperator.FloorDivide,
        ["%="] = BinaryOperator.Modulo,
        ["**="] = BinaryOperator.Power,
        ["&="] = BinaryOperator.And,
        ["|="] = BinaryOperator.Or,
        ["^="] = BinaryOperator.Xor,
        ["<<="] = BinaryOperator.ShiftLeft,
        [">>="] = BinaryOperator.ShiftRight,
    };

    private readonly TokenReader reader;
    private readonly ExpressionParser expressions;
    private readonly BlockParser blocks;

    private Parser(string source)
    {
        reader = new(Lexer.Tokens(source));
        expressions = new(reader);
        blocks = new(reader, expressions, this);
    }

    /// <summary>The statements of a program.</summary>
    /// <exception cref="SyntaxFault">The text is not a program of the subset.</exception>
    public static IReadOnlyList<Statement> Parse(string source)
    {
        var parser = new Parser(source);
        List<Statement> statements = [];
        while (parser.reader.Current.Kind != TokenKind.End)
        {
            parser.ParseLine(statements);
        }

        return statements;
    }

    /// <summary>Parses a compound statement, or the simple statements of one line.</summary>
    public void ParseLine(List<Statement> statements)
    {
        switch (reader.Current.Kind)
        {
            case TokenKind.NewLine:
                reader.Take();
                return;
            case TokenKind.Indent:
                throw new SyntaxFault(reader.Line, "unexpected indent", "IndentationError");
        }

        if (blocks.TryParse() is { } compound)
        {
            statements.Add(compound);
            return;
        }

        ParseSimpleLine(statements);
    }

    public void ParseSimpleLine(List<Statement> statements)
    {
        do
        {
            ParseSimple(statements);
        }
        while (reader.TryTake(";") && reader.Current.Kind != TokenKind.NewLine);
        if (reader.Current.Kind is not (TokenKind.NewLine or TokenKind.End))
        {
            throw reader.Unexpected();
        }

        reader.Take();
    }

    private void ParseSimple(List<Statement> statements)
    {
        var line = reader.Line;
        if (reader.Current.Kind != TokenKind.Keyword)
        {
            statements.Add(ParseExpressionStatement(line));
            return;
        }

        switch (reader.Current.Text)
        {
            case "pass":
                reader.Take();
                statements.Add(new Statement.Pass(line));
                break;
            case "break":
                reader.Take();
                statements.Add(new Statement.Break(line));
                break;
            case "continue":
                reader.Take();
                statements.Add(new Statement.Continue(line));
                break;
            case "return":
                reader.Take();
                statements.Add(new Statement.Return(line, expressions.StartsExpression() ? expressions.ParseTuple() : null));
                break;
            case "raise":
                reader.Take();
                var error = expressions.StartsExpression() ? expressions.Parse() : null;
                if (reader.TryTake("from"))
                {
                    expressions.Parse();
                }

                statements.Add(new Statement.RaiseError(line, error));
                break;
            case "assert":
                reader.Take();
                var test = expressions.Parse();
                statements.Add(new Statement.Assert(line, test, reader.TryTake(",") ? expressions.Parse() : null));
                break;
            case "del":
                reader.Take();
                var targets = expressions.ParseTuple();
                AssignmentTargets.Check(targets);
                statements.Add(new Statement.Delete(line, targets is Expression.Tuple tuple ? tuple.Items : [targets]));
                break;
            case "global" or "nonlocal":
                var isGlobal = reader.Take().Text == "global";
                List<string> names = [reader.Name()];
                while (reader.TryTake(","))
                {
                    names.Add(reader.Name());
                }

                statements.Add(isGlobal ? new Statement.Global(line, names) : new Statement.Nonlocal(line, names));
                break;
            case "import" or "from":
                ImportParser.Parse(reader, statements);
                break;
            default:
                statements.Add(ParseExpressionStatement(line));
                break;
        }
    }

    private Statement ParseExpressionStatement(int line)
    {
        var first = ParseValue();
        if (reader.TryTake(":"))
        {
            AssignmentTargets.Check(first);
            expressions.Parse();
            return new Statement.Annotated(line, first, reader.TryTake("=") ? ParseValue() : null);
        }

        if (reader.Current.Kind == TokenKind.Operator && Augmenting.TryGetValue(reader.Current.Text, out var operation))
        {
            reader.Take();
            AssignmentTargets.Check(first is Expression.Tuple or Expression.List ? throw new SyntaxFault(line, "'tuple' is an illegal expression for augmented assignment") : first);
            return new Statement.Augment(line, first, operation, ParseValue());
        }

        if (!reader.Is("="))
        {
            return new Statement.Expressed(line, first);
        }

        List<Expression> targets = [];
        var value = first;
        while (reader.TryTake("="))
        {
            AssignmentTargets.Check(value);
            targets.Add(value);
            value = ParseValue();
        }

        return new Statement.Assign(line, targets, value);
    }

    private Expression ParseValue() => reader.Is("yield") ? expressions.ParseYield() : expressions.ParseTuple();
}
