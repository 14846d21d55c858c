using Rag.Agents.Python.Syntax;

namespace Rag.Agents.Python.Compilation;

/// <summary>A generator expression as the loops of a generator function, whose only parameter is what the outermost loop goes through.</summary>
internal static class GeneratorBody
{
    /// <summary>The parameter; no name of a program can be equal to it.</summary>
    public const string Source = ".0";

    public static Statement Of(Expression.Comprehension comprehension)
    {
        Statement body = new Statement.Expressed(comprehension.Line, new Expression.Yield(comprehension.Line, comprehension.Element, IsFrom: false));
        for (var i = comprehension.Clauses.Count - 1; i >= 0; i--)
        {
            var clause = comprehension.Clauses[i];
            foreach (var condition in clause.Conditions.Reverse())
            {
                body = new Statement.If(clause.Line, [(condition, [body])], []);
            }

            body = new Statement.For(clause.Line, clause.Target, i == 0 ? new Expression.Name(clause.Line, Source) : clause.Source, [body], []);
        }

        return body;
    }
}
