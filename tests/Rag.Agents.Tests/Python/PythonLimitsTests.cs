using Rag.Agents.Python;

namespace Rag.Agents.Tests.Python;

/// <summary>Each limit ends a program that would pass it, before the work is done, and no program can catch it.</summary>
public sealed class PythonLimitsTests
{
    private static readonly PythonInterpreter Small = new(new() { MaxSteps = 100_000, MaxMemory = 1 << 20, MaxOutput = 100 });

    [Theory]
    [InlineData("while True: pass")]
    [InlineData("while True:\n    try:\n        1 / 0\n    except:\n        pass")]
    [InlineData("try:\n    while True: pass\nexcept BaseException:\n    pass\nfinally:\n    print('never')")]
    [InlineData("for i in range(10 ** 15): pass")]
    [InlineData("sum(range(10 ** 15))")]
    [InlineData("any(False for _ in iter(range(10 ** 15)))")]
    [InlineData("10 ** 7 in list(range(20000)) * 3 * 10")]
    [InlineData("x = 3 ** 100000\nfor i in range(100000): y = x * x")]
    [InlineData("('a' * 100000).count('a' * 50000)")]
    [InlineData("(lambda f: f(f))(lambda f: [f for _ in iter(range(10 ** 15))])")]
    [InlineData("d = {i * (2 ** 61 - 1): i for i in range(5000)}")]
    public void Program_without_an_end_stops_at_the_steps(string program)
    {
        var result = Small.Run(program);

        Assert.Contains(result.Error?.Kind, (string[])["StepLimit", "MemoryError"]);
        Assert.Equal("", result.Output);
        Assert.InRange(result.Steps, 1, 100_000);
    }

    [Theory]
    [InlineData("10 ** 10 ** 10")]
    [InlineData("2 ** (2 ** 40)")]
    [InlineData("1 << 10 ** 12")]
    [InlineData("'a' * 10 ** 12")]
    [InlineData("[0] * 10 ** 9")]
    [InlineData("(1,) * 10 ** 9")]
    [InlineData("f'{1:1000000000}'")]
    [InlineData("f'{1.5:.1000000000f}'")]
    [InlineData("'%*d' % (10 ** 9, 1)")]
    [InlineData("'{:{}}'.format(1, 10 ** 9)")]
    [InlineData("'x'.center(10 ** 9)")]
    [InlineData("'x'.ljust(10 ** 9)")]
    [InlineData("'x'.zfill(10 ** 9)")]
    [InlineData("'\\t'.expandtabs(10 ** 9)")]
    [InlineData("'a'.join(['b' * 1000] * 2000)")]
    [InlineData("('a' * 1000).replace('a', 'b' * 10000)")]
    [InlineData("import math\nmath.factorial(10 ** 9)")]
    [InlineData("import math\nmath.comb(10 ** 9, 10 ** 8)")]
    [InlineData("list(range(10 ** 9))")]
    [InlineData("x = 'a'\nwhile True: x += x")]
    [InlineData("x = []\nwhile True: x.append('a' * 1000)")]
    [InlineData("x = {}\nwhile True: x[len(x)] = 'a' * 1000")]
    [InlineData("x = []\nwhile True: x = [x, 'a' * 1000]")]
    [InlineData("def f(n):\n    x = 'a' * 100000\n    return f(n + 1)\nf(0)")]
    [InlineData("def f():\n    x = []\n    while True:\n        yield x.append('a' * 1000)\nlist(f())")]
    [InlineData("m = map(lambda i: 'a' * 1000, range(10 ** 9))\nlist(m)")]
    public void Value_beyond_the_memory_is_refused_before_it_is_made(string program)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Small.Run(program);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("MemoryError", result.Error?.Kind);
        Assert.InRange(allocated, 0, 20 << 20);
    }

    [Theory]
    [InlineData("x = 0\nfor i in range(3000): x = 'a' * 10000\nlen(x)", "10000")]
    [InlineData("def f(i): return [i] * 1000\ntotal = 0\nfor i in range(1000): total += len(f(i))\ntotal", "1000000")]
    [InlineData("sum(1 for a, b in zip(range(20000), range(20000)))", "20000")]
    [InlineData("len([1 for i in range(5000) if len('a' * 1000) > 3])", "5000")]
    [InlineData("max(len(str(i) * 100) for i in range(5000))", "400")]
    public void Memory_that_is_given_up_does_not_count(string program, string value)
    {
        var result = new PythonInterpreter(new() { MaxMemory = 1 << 20 }).Run(program);

        Assert.Null(result.Error);
        Assert.Equal(value, result.Value);
    }

    [Theory]
    [InlineData("def f(): return f()\nf()")]
    [InlineData("def f(n):\n    try:\n        return f(n + 1)\n    except RecursionError:\n        return 1\nf(0)")]
    [InlineData("x = []\nfor i in range(1000): x = [x]\nprint(x)")]
    [InlineData("x = ()\nfor i in range(1000): x = (x,)\nhash(x)")]
    [InlineData("a = []\na.append(a)\nb = []\nb.append(b)\na == b")]
    [InlineData("a = {}\na[0] = a\nb = {}\nb[0] = b\na == b")]
    [InlineData("class A:\n    def __repr__(self): return repr(self)\nA()")]
    [InlineData("def g():\n    yield from g()\nlist(g())")]
    public void Depth_is_bounded(string program)
    {
        Assert.Equal("RecursionError", new PythonInterpreter().Run(program).Error?.Kind);
    }

    [Theory]
    [InlineData(99, null)]
    [InlineData(100, "RecursionError")]
    public void Depth_counts_the_calls(int calls, string? error)
    {
        var program = $"def f(n): return n if n == 1 else f(n - 1)\nf({calls})";

        Assert.Equal(error, new PythonInterpreter().Run(program).Error?.Kind);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{1:")]
    [InlineData("-")]
    [InlineData("not ")]
    [InlineData("lambda: ")]
    [InlineData("1 if 1 else ")]
    [InlineData("2 ** ")]
    [InlineData("f(")]
    public void Nesting_of_100_000_is_refused(string opening)
    {
        var program = "x = " + string.Concat(Enumerable.Repeat(opening, 100_000)) + "1";

        Assert.Contains(new PythonInterpreter().Run(program).Error?.Kind, (string[])["SyntaxError", "MemoryError"]);
    }

    [Theory]
    [InlineData("0", " + 1", "100000")]
    [InlineData("1", " and 2", "2")]
    [InlineData("1", " < 2", "False")]
    [InlineData("len('a'", " 'b'", "100001")]
    public void Long_chain_is_no_nesting(string first, string next, string value)
    {
        var program = first + string.Concat(Enumerable.Repeat(next, 100_000)) + (first.Contains('(', StringComparison.Ordinal) ? ")" : "");

        Assert.Equal(value, new PythonInterpreter(new() { MaxMemory = 256 << 20 }).Run(program).Value);
    }

    [Fact]
    public void Output_is_cut_at_its_limit()
    {
        var result = Small.Run("print('a' * 60)\nprint('b' * 60)\nprint('never')");

        Assert.Equal("OutputLimit", result.Error?.Kind);
        Assert.Equal(2, result.Error?.Line);
        Assert.Equal(new string('a', 60) + "\n" + new string('b', 39), result.Output);
    }

    [Fact]
    public void Step_is_a_simple_statement_or_a_turn_of_a_loop()
    {
        Assert.Equal(3, new PythonInterpreter().Run("x = 1\ny = 2\nz = 3").Steps);
        Assert.Equal(1 + 10 + 10, new PythonInterpreter().Run("for i in range(10):\n    x = i").Steps);
    }

    [Fact]
    public void Cancelled_run_throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new PythonInterpreter().Run("1", source.Token));
    }

    [Fact]
    public async Task Run_looks_at_its_token_while_it_runs()
    {
        using var source = new CancellationTokenSource();
        var run = Task.Run(() => new PythonInterpreter(new() { MaxSteps = 1_000_000_000_000 }).Run("while True:\n    try:\n        pass\n    except:\n        pass", source.Token), TestContext.Current.CancellationToken);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PythonLimits { MaxSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PythonLimits { MaxMemory = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PythonLimits { MaxDepth = 100_000 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PythonLimits { MaxOutput = -1 });
    }
}
