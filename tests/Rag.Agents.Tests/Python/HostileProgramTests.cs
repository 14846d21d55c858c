using Rag.Agents.Python;
using Rag.Testing.Python;

namespace Rag.Agents.Tests.Python;

/// <summary>Nothing that a program does leaves the interpreter: no exception, no name of .NET, no file, no more memory, steps or output than it may have.</summary>
public sealed class HostileProgramTests
{
    private const int Count = 5_000;

    // small limits, so that programs without an end come to one soon
    private static readonly PythonLimits Limits = new() { MaxSteps = 20_000, MaxMemory = 1 << 20, MaxDepth = 50, MaxOutput = 1_000 };

    // what a run may allocate over its whole time, dead values, nodes and exceptions included
    private const long MostAllocated = 64L << 20;

    [Fact]
    public void Hostile_program_ends_within_its_limits()
    {
        string[] honest = [.. PythonInterpreterTests.Programs.Select(p => p.Data.Source)];
        var programs = new HostilePrograms(1, honest);
        var interpreter = new PythonInterpreter(Limits);
        for (var i = 0; i < Count; i++)
        {
            var program = programs.Next();
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var result = interpreter.Run(program);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

                Assert.NotEqual("SystemError", result.Error?.Kind);
                Assert.InRange(result.Steps, 0, Limits.MaxSteps);
                Assert.InRange(result.Output.Length, 0, Limits.MaxOutput);
                Assert.InRange(allocated, 0, MostAllocated);
                Assert.All([result.Output, result.Value ?? "", result.Error?.Message ?? ""], AssertClosed);
            }
            catch (Exception e)
            {
                Assert.Fail($"program {i}: {e}\n{program[..Math.Min(2_000, program.Length)]}");
            }
        }
    }

    [Theory]
    [InlineData("().__class__.__bases__[0].__subclasses__()", "AttributeError")]
    [InlineData("(lambda: 0).__globals__", "AttributeError")]
    [InlineData("(x for x in []).gi_frame", "AttributeError")]
    [InlineData("'{0.__class__}'.format(1)", "AttributeError")]
    [InlineData("'{0.__init__.__globals__}'.format(len)", "AttributeError")]
    [InlineData("getattr((), '__class__')", "NameError")]
    [InlineData("eval('1')", "NameError")]
    [InlineData("exec('1')", "NameError")]
    [InlineData("open('/etc/passwd')", "NameError")]
    [InlineData("__import__('os')", "NameError")]
    [InlineData("__builtins__", "NameError")]
    [InlineData("import os", "ModuleNotFoundError")]
    [InlineData("from sys import modules", "ModuleNotFoundError")]
    [InlineData("type('A', (), {})", "TypeError")]
    [InlineData("int.real = 5", "TypeError")]
    [InlineData("import math\nmath.__loader__", "AttributeError")]
    [InlineData("try:\n    1/0\nexcept Exception as e:\n    e.__traceback__", "AttributeError")]
    [InlineData("input()", "EOFError")]
    [InlineData("with open('x') as f: pass", "SyntaxError")]
    [InlineData("1j", "SyntaxError")]
    public void Way_out_is_closed(string program, string error)
    {
        Assert.Equal(error, new PythonInterpreter().Run(program).Error?.Kind);
    }

    [Fact]
    public void Module_that_is_missing_is_answered_with_those_there_are()
    {
        var error = new PythonInterpreter().Run("import sympy").Error!;

        Assert.Equal("Line 1: ModuleNotFoundError: No module named 'sympy'. Modules: math, datetime, collections, itertools, functools, fractions, statistics, calendar, string, operator, typing, dataclasses.", error.ToString());
    }

    private static void AssertClosed(string text)
    {
        Assert.DoesNotContain("Rag.Agents", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Private", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception of type", text, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("uid=", text, StringComparison.Ordinal);
    }
}
