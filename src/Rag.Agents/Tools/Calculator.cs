using System.ComponentModel;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools.Calculation;

namespace Rag.Agents.Tools;

/// <summary>Reckons exactly, with units and dates: <c>calculate</c>.</summary>
/// <remarks>
/// <c>+ - * / % ^</c> and parentheses over fractions of any size, so that 0.1 + 0.2 is 0.3; percentages; <c>sqrt abs round floor ceil min max sum avg</c>; units of length, area, volume, mass, time,
/// temperature, speed and memory, converted by <c>in</c>; dates and the days between them. A result whose decimals end is given in full, any other to twelve digits behind <c>≈</c>. <c>round</c>
/// takes halves away from zero; the remainder of <c>%</c> has the sign of the divisor. Commas may group thousands, but between the arguments of a function they divide them. Time and
/// memory are bounded: an expression has at most 1000 characters, a number about 1200 digits.
/// </remarks>
public static class Calculator
{
    private const int MaxLength = 1000;

    /// <summary>The tool <c>calculate</c>.</summary>
    public static AIFunction Create() => ToolFunction.Of(
        "calculate",
        "Calculates exactly: arithmetic such as (1,250.5 - 3) * 15%, functions sqrt abs round floor ceil min max sum avg, units such as 5 km / 2 h in m/s, dates such as 2024-02-28 + 2 days, "
            + "days between 2024-01-01 and 2024-03-01, weekday of 2024-02-29.",
        ([Description("The expression.")] string expression) => Calculate(expression));

    private static string Calculate(string expression)
    {
        if (expression.Length > MaxLength)
        {
            return FormattableString.Invariant($"Cannot calculate this: it has {expression.Length} characters, and at most {MaxLength} are read. Calculate it in steps.");
        }

        try
        {
            return Dates.Answer(expression) ?? new ExpressionParser(expression).Evaluate();
        }
        catch (CalculationException exception)
        {
            return FormattableString.Invariant($"Cannot calculate [{Prompt.OnOneLine(expression)}]: at character {exception.Position + 1}, {exception.Message}.");
        }
    }
}
