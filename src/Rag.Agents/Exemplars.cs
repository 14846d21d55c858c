using System.Text.RegularExpressions;
using Rag.Generation;

namespace Rag.Agents;

/// <summary>Reads solved questions from text: the form in which the papers print them.</summary>
public static class Exemplars
{
    /// <summary>The examples in a text: each begins with a line such as <c>Question: ...</c>, and what follows up to the next, its thoughts, actions and answer, is how it is solved.</summary>
    /// <param name="text">The text; what stands before the first question is left out.</param>
    /// <param name="label">The word before a question. Default <c>Question</c>.</param>
    /// <exception cref="FormatException">No line begins with the label.</exception>
    public static IReadOnlyList<AnswerExample> Parse(string text, string label = "Question")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        var lines = Regex.Matches(text.ReplaceLineEndings("\n"), $@"^{Regex.Escape(label)}:[ \t]*(?<question>[^\n]*)\n(?<solution>.*?)(?=^{Regex.Escape(label)}:|\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        return lines.Count == 0
            ? throw new FormatException($"No line of the examples begins with '{label}:'. Write each example as '{label}: ...', and how it is solved in the lines below.")
            : [.. lines.Select(m => new AnswerExample(m.Groups["question"].Value.Trim(), [], m.Groups["solution"].Value.TrimEnd()))];
    }
}
