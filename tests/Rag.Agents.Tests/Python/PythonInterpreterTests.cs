using Rag.Agents.Python;
using Rag.Testing.Python;

namespace Rag.Agents.Tests.Python;

/// <summary>Programs whose results CPython 3.11 gave; programs.py writes them.</summary>
public sealed class PythonInterpreterTests
{
    public static TheoryData<KnownProgram> Programs => [.. ProgramFile.Read(Path.Combine(AppContext.BaseDirectory, "Python", "programs.txt"))];

    [Fact]
    public void Programs_are_at_least_300() => Assert.True(Programs.Count >= 300);

    [Theory]
    [MemberData(nameof(Programs), DisableDiscoveryEnumeration = true)]
    public void Run_gives_what_CPython_gives(KnownProgram program)
    {
        var result = new PythonInterpreter().Run(program.Source);

        Assert.Equal(program.Error, result.Error?.ToString());
        Assert.Equal(program.Output, result.Output);
        Assert.Equal(program.Value, result.Value);
    }

    [Fact]
    public void Run_gives_the_same_on_many_threads_at_once()
    {
        var interpreter = new PythonInterpreter();

        Parallel.For(0, 200, i => Assert.Equal($"{i * (i - 1) / 2}", interpreter.Run($"total = 0\nfor i in range({i}):\n    total += i\ntotal").Value));
    }

    [Theory]
    [InlineData("def solution():\n    return 1\n2", "1")]
    [InlineData("def solution(x):\n    return x\n2", "2")]
    [InlineData("answer = 1\n2", "2")]
    [InlineData("result = 1\nans = 2", "2")]
    [InlineData("x = 1", null)]
    [InlineData("", null)]
    public void Value_is_the_solution_then_the_last_line_then_the_answer(string program, string? value)
    {
        Assert.Equal(value, new PythonInterpreter().Run(program).Value);
    }

    [Fact]
    public void Clock_is_the_one_that_was_given()
    {
        var time = new FixedTime(new(2026, 11, 27, 9, 40, 0, TimeSpan.Zero));

        Assert.Equal("2026-11-27 2026-11-27 09:40:00", new PythonInterpreter(time: time).Run("from datetime import date, datetime\nf'{date.today()} {datetime.utcnow()}'").Value);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
