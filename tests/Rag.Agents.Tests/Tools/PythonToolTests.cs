using Microsoft.Extensions.AI;
using Rag.Agents.Python;
using Rag.Agents.Tools;

namespace Rag.Agents.Tests.Tools;

public sealed class PythonToolTests
{
    [Fact]
    public void Tool_has_a_name_and_one_argument()
    {
        var tool = PythonTool.Create();

        Assert.Equal("python", tool.Name);
        Assert.Equal(["code"], tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("def solution():\n    return 6 * 7", "42")]
    [InlineData("print('a')\n1 + 1", "a\n2")]
    [InlineData("```python\n6 * 7\n```", "42")]
    [InlineData("Here it is:\n```\n6 * 7\n```\nDone.", "42")]
    [InlineData("```python\n6 * 7", "42")]
    [InlineData("x = '```'\nlen(x)", "3")]
    public async Task Tool_returns_what_the_program_gives_as_text(string code, string text)
    {
        var result = await PythonTool.Create().InvokeAsync(new AIFunctionArguments { ["code"] = code }, TestContext.Current.CancellationToken);

        Assert.Equal(text, result?.ToString());
    }

    [Theory]
    [InlineData("x = 1\nx / 0", "Line 2: ZeroDivisionError: division by zero")]
    [InlineData("print('first')\nx", "Line 2: NameError: name 'x' is not defined\nIt printed before: first")]
    [InlineData("x = 1", "The program printed nothing and results in nothing: print the result, or write it on the last line.")]
    public async Task Error_of_the_program_is_a_failure_of_the_tool(string code, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidOperationException>(async () => await PythonTool.Create().InvokeAsync(new AIFunctionArguments { ["code"] = code }, TestContext.Current.CancellationToken))).Message);

    [Fact]
    public async Task Tool_runs_within_the_limits_of_its_interpreter()
    {
        var tool = PythonTool.Create(new PythonInterpreter(new() { MaxSteps = 10 }));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await tool.InvokeAsync(new AIFunctionArguments { ["code"] = "while True: pass" }, TestContext.Current.CancellationToken));

        Assert.StartsWith("Line 1: StepLimit: the program takes more than 10 steps.", error.Message, StringComparison.Ordinal);
    }
}
