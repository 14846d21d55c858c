namespace Rag.Agents.Python;

/// <summary>What a program did.</summary>
/// <param name="Output">What it printed, also where it failed later.</param>
/// <param name="Value">The text (Python's <c>str</c>) of what it results in: what its function <c>solution</c> returns, else its last line where that is an expression, else its variable <c>answer</c>, <c>ans</c> or <c>result</c>; null where it has none of them or failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="Steps">Steps that were used, see <see cref="PythonLimits.MaxSteps"/>.</param>
public sealed record PythonResult(string Output, string? Value, PythonError? Error, long Steps);
