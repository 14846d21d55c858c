using System.CommandLine;
using Rag.Agents;
using Rag.Chat.Dialogue;
using Rag.Citations;
using Rag.Cli.Json;
using Rag.Evaluation.Agents;
using Rag.Evaluation.Results;
using Rag.Retrieval;
using Rag.Storage;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval agents</c>: strategies side by side, as the ReAct paper's table has them.</summary>
internal sealed class EvalAgentsCommand(SharedOptions shared)
{
    private readonly Option<string?> _hotpot = File("--hotpot", "HotpotQA: answers by words; the pages of the distractor setting are searched");
    private readonly Option<string?> _fever = File("--fever", "FEVER: labels of claims");
    private readonly Option<string?> _gsm8k = File("--gsm8k", "GSM8K: numbers");
    private readonly Option<string?> _strategyQa = File("--strategyqa", "StrategyQA: yes or no");

    private readonly Option<string[]> _strategies = AgentStrategyOptions.AddNames(new Option<string[]>("--strategy") { Description = "How the model reasons; once for each.", Required = true, AllowMultipleArgumentsPerToken = true });

    private readonly Option<int?> _limit = SharedOptions.Within("--limit", "The first so many questions only", 1, 1_000_000);

    private readonly Option<int> _maxSteps = SharedOptions.Number("--max-steps", "Turns for a question", 1000, new AgentBudget().MaxSteps);

    private readonly Option<string?> _out = new("--out") { Description = "Write what each question got, for 'rag eval report'.", HelpName = "RUN.json" };

    private readonly AnswerModelOptions _model = new();

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new EvalAgentsCommand(shared);
        var command = new Command("agents", "Compare strategies of agents on the papers' questions.")
        {
            options._hotpot, options._fever, options._gsm8k, options._strategyQa, options._strategies, options._limit, options._maxSteps, options._out, shared.Store,
        };
        foreach (var option in options._model.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => options.RunAsync(session, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (file, read) = ChosenFile(parsed);
        IReadOnlyList<AgentQuestion> questions = [.. (await read(file, cancellationToken)).Take(parsed.GetValue(_limit) ?? int.MaxValue)];
        await using var model = await _model.LoadAsync(session, parsed, cancellationToken) ?? throw new CommandException("Agents need a language model: --model GGUF or --endpoint URL.", ExitCode.WrongUsage);
        var store = parsed.GetResult(shared.Store) is { Implicit: false } ? await Stores.OpenAsync(session, parsed.GetValue(shared.Store)!, null, cancellationToken) : null;
        await using var opened = store;
        List<AgentEvaluation> rows = [];
        foreach (var name in parsed.GetValue(_strategies)!.Distinct())
        {
            session.Error.WriteLine(Plain.Line($"{name}: {questions.Count} questions"));
            rows.Add(await AgentEvaluation.OfAsync(name, questions, (question, token) => AskAsync(question, name, model, store, parsed.GetValue(_maxSteps), token), cancellationToken));
        }

        Print(session, EvalAgentsJson.Of(questions.Count, rows), parsed.GetValue(shared.Json));
        if (parsed.GetValue(_out) is { } kept)
        {
            await ResultsFile.WriteAsync(kept, [.. rows.Select(r => r.ToRun(Path.GetFileNameWithoutExtension(file), $"{r.Name} {_model.NameOf(parsed)}") with { Version = RunResult.CurrentVersion })], cancellationToken);
        }

        return ExitCode.Done;
    }

    private static async Task<AgentOutcome> AskAsync(AgentQuestion question, string strategy, IAnswerModel model, IChunkStore? store, int maxSteps, CancellationToken cancellationToken)
    {
        var names = question.Form == AnswerForm.Number && strategy != "ircot" ? ["calculate"] : AgentStrategyOptions.ToolsOf(strategy); // a word problem asks for no page
        var documents = question.Pages.Count > 0 ? await PagesAsync(question, cancellationToken) : store is null ? null : new AgentDocuments(store, new DefaultRetriever(store), new(""));
        if (documents is null && AgentToolSet.NeedsDocuments(names))
        {
            throw new CommandException($"The strategy {strategy} searches, and the file holds no pages to be searched. Give some: --store S.", ExitCode.WrongUsage);
        }

        var tools = AgentToolSet.Create(names, documents);
        var options = new AgentOptions { Tools = tools, Constrain = model.Constrain, Budget = new() { MaxSteps = maxSteps, Timeout = model.Budget.Timeout } };
        var run = await new Agent(model.Client, AgentStrategies.Named(strategy, tools.FirstOrDefault(t => t.Name == "search")), options).RunAsync(new AgentTask(question.Text), cancellationToken);
        var usage = run.Answer.Usage;
        return new(run.Answer.Abstained ? null : CitationMark.Remove(run.Answer.Text), run is { Stopped: AgentStop.Answered, Answer.Abstained: false }, run.Calls, run.Steps.Count, (long)usage.PromptTokens + usage.CompletionTokens);
    }

    private static async Task<AgentDocuments> PagesAsync(AgentQuestion question, CancellationToken cancellationToken)
    {
        var store = await AgentPage.StoreAsync(question.Pages, cancellationToken);
        return new(store, new DefaultRetriever(store), new(""));
    }

    private (string File, Func<string, CancellationToken, Task<IReadOnlyList<AgentQuestion>>> Read) ChosenFile(ParseResult parsed)
    {
        (Option<string?> Option, Func<string, CancellationToken, Task<IReadOnlyList<AgentQuestion>>> Read)[] layouts =
            [(_hotpot, AgentQuestionFile.HotpotAsync), (_fever, AgentQuestionFile.FeverAsync), (_gsm8k, AgentQuestionFile.Gsm8kAsync), (_strategyQa, AgentQuestionFile.StrategyQaAsync)];
        return layouts.Where(l => parsed.GetValue(l.Option) is not null).ToList() is [var only] ? (parsed.GetValue(only.Option)!, only.Read)
            : throw new CommandException($"Give one file of questions: {string.Join(", ", layouts.Select(l => l.Option.Name))}.", ExitCode.WrongUsage);
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = $"Questions of {description}.", HelpName = "FILE" };

    private static void Print(Session session, EvalAgentsJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalAgentsJson);
            return;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None).AddColumns("strategy", "exact match", "F1", "accuracy", "finished", "calls", "steps", "tokens");
        foreach (var row in result.Strategies)
        {
            table.AddRow(row.Name, $"{row.ExactMatch:0.0000}", $"{row.F1:0.0000}", $"{row.Accuracy:0.0000}", $"{row.Finished:0.0000}", $"{row.MeanCalls:0.0}", $"{row.MeanSteps:0.0}", $"{row.MeanTokens:0}");
        }

        session.Console().Write(table);
        session.Error.WriteLine(Plain.Line($"{result.Questions} questions"));
    }
}
