using Rag.Agents.Python.Modules;
using Rag.Agents.Python.Syntax;

namespace Rag.Agents.Python.Compilation;

/// <summary>The names that <c>from module import</c> binds.</summary>
internal static class StarImport
{
    public static IReadOnlyList<(string Member, string Name)> Names(Statement.ImportFrom import) => import.Members is [("*", _)]
        ? [.. ModuleTable.Members(import.Module).Select(m => (m, m))]
        : import.Members;
}
