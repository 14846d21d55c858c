using Rag.Evaluation.Results;
using Rag.Evaluation.Texts;

namespace Rag.Evaluation.Agents;

/// <summary>What an agent did with one question.</summary>
/// <param name="Answer">Its answer without marks; <see langword="null"/> where it abstained.</param>
/// <param name="Finished">Whether the strategy came to an answer by itself, rather than by the end of its budget.</param>
/// <param name="Calls">Calls of the model.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Tokens">Tokens read and written.</param>
public sealed record AgentOutcome(string? Answer, bool Finished, int Calls, int Steps, long Tokens);

/// <summary>How one strategy did: a row of a table as the ReAct paper has it.</summary>
/// <param name="Name">Of the strategy.</param>
/// <param name="Answers">What became of each question.</param>
public sealed record AgentEvaluation(string Name, IReadOnlyList<(AgentQuestion Question, AgentOutcome Outcome)> Answers)
{
    /// <summary>Share of answers that equal the right one once both are normalised as SQuAD does; silence does not.</summary>
    public double ExactMatch => Mean(a => SquadAnswer.ExactMatch(a.Outcome.Answer ?? "", a.Question.Answer));

    /// <summary>Mean of SQuAD's F1 over words; 0 for silence.</summary>
    public double F1 => Mean(a => SquadAnswer.F1(a.Outcome.Answer ?? "", a.Question.Answer));

    /// <summary>Share of answers that are right by the form of their question.</summary>
    public double Accuracy => Mean(a => a.Outcome.Answer is { } answer && a.Question.IsRight(answer) ? 1 : 0);

    /// <summary>Share of questions that the strategy came to an answer of by itself.</summary>
    public double Finished => Mean(a => a.Outcome.Finished ? 1 : 0);

    /// <summary>Calls of the model for a question.</summary>
    public double MeanCalls => Mean(a => a.Outcome.Calls);

    /// <summary>Steps for a question.</summary>
    public double MeanSteps => Mean(a => a.Outcome.Steps);

    /// <summary>Tokens for a question.</summary>
    public double MeanTokens => Mean(a => a.Outcome.Tokens);

    /// <summary>Asks every question, one after the other.</summary>
    /// <param name="name">Of the strategy.</param>
    /// <param name="questions">The questions, at least one.</param>
    /// <param name="run">What the agent does with a question.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<AgentEvaluation> OfAsync(string name, IReadOnlyList<AgentQuestion> questions, Func<AgentQuestion, CancellationToken, Task<AgentOutcome>> run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(run);
        List<(AgentQuestion, AgentOutcome)> answers = [];
        foreach (var question in questions)
        {
            answers.Add((question, await run(question, cancellationToken)));
        }

        return new(name, answers);
    }

    /// <summary>The run, to be kept and compared.</summary>
    /// <param name="collection">What was asked, such as the name of the file.</param>
    /// <param name="name">What answered.</param>
    public RunResult ToRun(string collection, string name) => new(collection, name, [.. Answers.OrderBy(a => a.Question.Id, StringComparer.Ordinal).Select(a => QueryResult.Of(a.Question.Id, a.Question.Text,
        ("accuracy", a.Outcome.Answer is { } answer && a.Question.IsRight(answer) ? 1 : 0),
        ("f1", SquadAnswer.F1(a.Outcome.Answer ?? "", a.Question.Answer)),
        ("calls", a.Outcome.Calls),
        ("steps", a.Outcome.Steps),
        ("tokens", a.Outcome.Tokens)))]);

    private double Mean(Func<(AgentQuestion Question, AgentOutcome Outcome), double> value) => Answers.Average(value);
}
