namespace Rag.Agents.Python.Syntax;

/// <summary>Parses the parameters of a function.</summary>
internal sealed class ParameterParser(TokenReader reader, ExpressionParser expressions)
{
    public Parameters Parse(string end, bool annotated)
    {
        List<Parameter> positional = [];
        List<Parameter> namedOnly = [];
        string? rest = null, names = null;
        var afterStar = false;
        while (!reader.Is(end))
        {
            var line = reader.Line;
            if (reader.TryTake("**"))
            {
                names = Name(annotated);
            }
            else if (reader.TryTake("*"))
            {
                rest = afterStar ? throw new SyntaxFault(line, "* argument may appear only once") : reader.Is(",") ? null : Name(annotated);
                afterStar = true;
            }
            else if (!reader.TryTake("/"))
            {
                var name = Name(annotated);
                var value = reader.TryTake("=") ? expressions.Parse() : null;
                if (value is null && !afterStar && positional.Count > 0 && positional[^1].Default is not null)
                {
                    throw new SyntaxFault(line, "non-default argument follows default argument");
                }

                (afterStar ? namedOnly : positional).Add(new(name, value));
            }

            if (!reader.Is(end) && (names is not null || !reader.TryTake(",")))
            {
                throw reader.Unexpected();
            }
        }

        var all = positional.Concat(namedOnly).Select(p => p.Name).Append(rest).Append(names).OfType<string>().ToList();
        return all.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new SyntaxFault(reader.Line, $"duplicate argument '{twice.Key}' in function definition")
            : new(positional, rest, namedOnly, names);
    }

    private string Name(bool annotated)
    {
        var name = reader.Name();
        if (annotated && reader.TryTake(":"))
        {
            expressions.Parse();
        }

        return name;
    }
}
