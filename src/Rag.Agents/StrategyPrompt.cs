using System.Collections.Concurrent;
using Rag.Generation;
using Rag.Generation.Chat;

namespace Rag.Agents;

/// <summary>What a strategy tells the model: instructions, and questions that were solved well. What is not set is the strategy's own, which lies in its text files.</summary>
public sealed record StrategyPrompt
{
    private static readonly ConcurrentDictionary<string, string> OwnInstructions = new();

    private static readonly ConcurrentDictionary<string, IReadOnlyList<AnswerExample>> OwnExamples = new();

    /// <summary>Instructions; <c>{tools}</c> in them stands for the list of tools. Default <see langword="null"/>: the strategy's own.</summary>
    public string? Instructions { get; init; }

    /// <summary>Solved questions, as <see cref="Exemplars.Parse"/> reads them. Default <see langword="null"/>: the strategy's own; an empty list is zero-shot.</summary>
    public IReadOnlyList<AnswerExample>? Examples { get; init; }

    /// <summary>Tokens of examples, zero or more. They are shown in their order where all fit; else those are chosen that are most like the task, the most similar last. Default 4000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero.</exception>
    public int MaxExampleTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 4000;

    /// <summary>The word before a task, such as <c>Claim</c>. Default <c>Question</c>.</summary>
    public string Label { get; init; } = "Question";

    /// <summary>The examples for a task, each behind the <see cref="Label"/>, ready to be put before it.</summary>
    internal string ExamplesFor(string task, string own)
    {
        var examples = Examples ?? OwnExamples.GetOrAdd(own, static name => Exemplars.Parse(Prompt.Read(name, typeof(StrategyPrompt).Assembly)));
        // no token has less than one character, so few characters need no counting
        var shown = examples.Sum(Length) <= MaxExampleTokens || examples.Sum(Tokens) <= MaxExampleTokens ? examples : ExampleChoice.Choose(task, examples, null, MaxExampleTokens);
        return string.Concat(shown.Select(e => $"{Label}: {e.Question}\n{e.Answer}\n"));
    }

    /// <summary>The instructions, with the tools in them.</summary>
    internal string InstructionsFor(AgentState state, string own) =>
        (Instructions ?? OwnInstructions.GetOrAdd(own, static name => Prompt.Read(name, typeof(StrategyPrompt).Assembly))).Replace("{tools}", Loop.ToolArguments.Describe(state.Tools), StringComparison.Ordinal);

    private static int Length(AnswerExample example) => example.Question.Length + example.Answer.Length;

    private static int Tokens(AnswerExample example) => PromptRoom.CountWritten(example.Question) + PromptRoom.CountWritten(example.Answer);
}
