using System.Globalization;
using System.Text.RegularExpressions;
using Rag.Evaluation.Texts;

namespace Rag.Evaluation.Agents;

/// <summary>How an answer of an agent is compared with the right one.</summary>
public enum AnswerForm
{
    /// <summary>By words, as SQuAD and HotpotQA do.</summary>
    Words,

    /// <summary>By value, as GSM8K does: the last number in the answer.</summary>
    Number,

    /// <summary>As one of FEVER's labels: SUPPORTS, REFUTES, NOT ENOUGH INFO.</summary>
    Label,

    /// <summary>As yes or no.</summary>
    YesOrNo,
}

/// <summary>A question or task for an agent, with its right answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What the agent is told.</param>
/// <param name="Answer">The right answer.</param>
/// <param name="Form">How answers are compared with it.</param>
public sealed partial record AgentQuestion(string Id, string Text, string Answer, AnswerForm Form)
{
    /// <summary>Pages to be searched, right and wrong ones; none where the file has none.</summary>
    public IReadOnlyList<AgentPage> Pages { get; init; } = [];

    /// <summary>Titles of the pages that the answer takes; none where the file does not say.</summary>
    public IReadOnlyList<string> Supporting { get; init; } = [];

    /// <summary>Whether an answer is right by <see cref="Form"/>.</summary>
    public bool IsRight(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Form switch
        {
            AnswerForm.Number => Number(answer) is { } said && said == Number(Answer),
            AnswerForm.Label => Labels().Matches(answer).Select(m => LabelOf(m.Value)).Distinct().ToList() is [var only] && only == LabelOf(Answer),
            AnswerForm.YesOrNo => YesOrNo().Match(answer) is { Success: true } said && said.Value.Equals(Answer, StringComparison.OrdinalIgnoreCase),
            _ => SquadAnswer.ExactMatch(answer, Answer) == 1,
        };
    }

    /// <summary>The last number of a text, separators of thousands aside; <see langword="null"/> where there is none.</summary>
    public static decimal? Number(string text) =>
        Numbers().Matches(text) is { Count: > 0 } found && decimal.TryParse(found[^1].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    // A claim that is not supported is not thereby refuted, so words of negation make no label.
    private static string LabelOf(string word) => word.ToUpperInvariant()[0] switch { 'S' => "SUPPORTS", 'R' => "REFUTES", _ => "NOT ENOUGH INFO" };

    [GeneratedRegex(@"-?\d[\d,]*(\.\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\b(SUPPORTS|SUPPORTED|REFUTES|REFUTED|NOT ENOUGH INFO)", RegexOptions.IgnoreCase)]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(yes|no)\b", RegexOptions.IgnoreCase)]
    private static partial Regex YesOrNo();
}
