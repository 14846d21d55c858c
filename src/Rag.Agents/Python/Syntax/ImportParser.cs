namespace Rag.Agents.Python.Syntax;

/// <summary>Parses imports.</summary>
internal static class ImportParser
{
    public static void Parse(TokenReader reader, List<Statement> statements)
    {
        var line = reader.Line;
        if (reader.TryTake("import"))
        {
            do
            {
                var module = Dotted(reader);
                statements.Add(new Statement.Import(line, module, reader.TryTake("as") ? reader.Name() : module.Split('.')[0]));
            }
            while (reader.TryTake(","));
            return;
        }

        reader.Expect("from");
        var source = Dotted(reader);
        reader.Expect("import");
        if (reader.TryTake("*"))
        {
            statements.Add(new Statement.ImportFrom(line, source, [("*", "*")]));
            return;
        }

        var bracketed = reader.TryTake("(");
        List<(string, string)> members = [];
        do
        {
            var member = reader.Name();
            members.Add((member, reader.TryTake("as") ? reader.Name() : member));
        }
        while (reader.TryTake(",") && !reader.Is(")"));
        if (bracketed)
        {
            reader.Expect(")");
        }

        statements.Add(new Statement.ImportFrom(line, source, members));
    }

    private static string Dotted(TokenReader reader)
    {
        var name = reader.Name();
        while (reader.TryTake("."))
        {
            name += $".{reader.Name()}";
        }

        return name;
    }
}
