using System.Globalization;

namespace Rag.Agents.Python;

/// <summary>Why a program ended before its end.</summary>
/// <param name="Line">1-based line of the statement that failed; 0 where no line is to blame.</param>
/// <param name="Kind">The name of Python's exception, such as <c>ZeroDivisionError</c>, or <c>StepLimit</c> or <c>OutputLimit</c>.</param>
/// <param name="Message">What went wrong, in CPython's words where it has words for it.</param>
public sealed record PythonError(int Line, string Kind, string Message)
{
    /// <summary>The error as one line for a model, such as <c>Line 3: ZeroDivisionError: division by zero</c>.</summary>
    public override string ToString()
    {
        var text = Message.Length == 0 ? Kind : $"{Kind}: {Message}";
        return Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {text}") : text;
    }
}
