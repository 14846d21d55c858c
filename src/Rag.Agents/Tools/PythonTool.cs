using System.ComponentModel;
using Microsoft.Extensions.AI;
using Rag.Agents.Python;

namespace Rag.Agents.Tools;

/// <summary>The tool with which a model computes: it writes a program, and reads what the program results in.</summary>
public static class PythonTool
{
    private const string Description = "Runs a Python 3 program and returns what it prints and results in. Use it for every calculation. "
        + "The result is what a function solution() returns, else the value of the last line. Only these modules can be imported: math, datetime, collections, itertools, functools, fractions, statistics, calendar, string. "
        + "There are no files, no network and no input.";

    /// <summary>Creates the tool <c>python</c>, whose one argument <c>code</c> is the program. A Markdown fence around the program is taken off. An error of the program is a failure of the tool, whose message has its line, so that the model can mend it.</summary>
    /// <param name="interpreter">Runs the programs; null for one with the default limits.</param>
    /// <returns>The tool, safe for concurrent use.</returns>
    public static AIFunction Create(PythonInterpreter? interpreter = null)
    {
        interpreter ??= new();
        return AIFunctionFactory.Create(
            ([Description("The program.")] string code, CancellationToken cancellationToken) => Describe(interpreter.Run(WithoutFence(code), cancellationToken)),
            "python",
            Description);
    }

    private static string Describe(PythonResult result)
    {
        var text = string.Join('\n', ((string?[])[result.Output.TrimEnd('\n'), result.Value]).Where(part => !string.IsNullOrEmpty(part)));
        return result.Error is { } error ? throw new InvalidOperationException($"{error}{(text.Length > 0 ? $"\nIt printed before: {text}" : "")}")
            : text.Length > 0 ? text
            : throw new InvalidOperationException("The program printed nothing and results in nothing: print the result, or write it on the last line.");
    }

    private static string WithoutFence(string code)
    {
        var open = code.IndexOf("```", StringComparison.Ordinal);
        if (open < 0 || code.AsSpan(0, open).ContainsAny("=()"))
        {
            return code;
        }

        var start = code.IndexOf('\n', open);
        if (start < 0)
        {
            return code;
        }

        var close = code.IndexOf("```", start, StringComparison.Ordinal);
        return close < 0 ? code[(start + 1)..] : code[(start + 1)..close];
    }
}
