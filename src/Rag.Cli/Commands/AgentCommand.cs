using System.CommandLine;
using Microsoft.Extensions.AI;
using Rag.Agents;
using Rag.Agents.Replay;
using Rag.Api.Json;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation.Collections;
using Rag.Indexing;
using Rag.Retrieval;

namespace Rag.Cli.Commands;

/// <summary><c>rag agent</c>: one task, done by a strategy with tools.</summary>
internal sealed class AgentCommand(SharedOptions shared)
{
    private readonly Argument<string?> _task = new("TASK") { Description = "What is to be done or answered; of a replay that of the record.", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string> _strategy = AgentStrategyOptions.AddNames(new Option<string>("--strategy") { Description = "How the model reasons.", DefaultValueFactory = _ => "react" });

    private readonly Option<int> _maxSteps = SharedOptions.Number("--max-steps", "Turns after which it answers from what is known", 1000, new AgentBudget().MaxSteps);

    private readonly Option<int?> _maxTokens = SharedOptions.Within("--max-tokens", "Most tokens that the model may read and write", 1, 100_000_000);

    private readonly Option<double> _timeout = new("--timeout") { Description = "Most seconds, by default 900.", HelpName = "N", DefaultValueFactory = _ => 900 };

    private readonly Option<string[]> _tools = new("--tools") { Description = $"What it may use, by default what the strategy needs: {AgentToolSet.Help}; several with commas.", HelpName = "T,...", DefaultValueFactory = _ => [] };

    private readonly Option<bool> _cited = new("--cited") { Description = "Answer only what a passage supports." };

    private readonly Option<string?> _record = new("--record") { Description = "Keep the run, to be replayed.", HelpName = "FILE" };

    private readonly Option<string?> _replay = new("--replay") { Description = "Replay a kept run; no model and no tool is touched.", HelpName = "FILE" };

    private readonly AnswerModelOptions _model = new();

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new AgentCommand(shared);
        var command = new Command("agent", "Have a language model do a task with tools, by a strategy; its answer cites what the tools found.")
        {
            options._task, options._strategy, options._maxSteps, options._tools, options._cited, options._maxTokens, options._timeout, options._record, options._replay, shared.Store, shared.Retriever, shared.Filter, shared.Tenant,
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
        if (parsed.GetValue(_replay) is { } file)
        {
            return await ReplayAsync(session, parsed, file, cancellationToken);
        }

        var task = Questions.Check(parsed.GetValue(_task), "agent");
        var strategy = parsed.GetValue(_strategy)!;
        var names = ToolNames(parsed, strategy);
        await using var store = AgentToolSet.NeedsDocuments(names) ? await Stores.OpenAsync(session, parsed.GetValue(shared.Store)!, Retrievers.ModelOf(parsed.GetValue(shared.Retriever)!), cancellationToken) : null;
        var documents = store is null ? null : new AgentDocuments(store, Retrievers.Over(store, parsed.GetValue(shared.Retriever)!, null), new("") { Tenant = parsed.GetValue(shared.Tenant)!, Filter = shared.FilterOf(parsed) });
        var tools = AgentToolSet.Create(names, documents);
        await using var model = await _model.LoadAsync(session, parsed, cancellationToken) ?? throw new CommandException("An agent needs a language model: --model GGUF or --endpoint URL.", ExitCode.WrongUsage);
        var options = new AgentOptions
        {
            Tools = tools,
            Constrain = model.Constrain,
            RequireCitations = parsed.GetValue(_cited),
            Budget = new() { MaxSteps = parsed.GetValue(_maxSteps), MaxTokens = parsed.GetValue(_maxTokens), Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)) },
        };
        var recording = parsed.GetValue(_record) is null ? null : new Recording();
        var reasoning = AgentStrategies.Named(strategy, Search(tools));
        var agent = recording?.Agent(model.Client, reasoning, options) ?? new Agent(model.Client, reasoning, options);
        var run = await ShowAsync(session, parsed, agent, task, cancellationToken);
        if (recording is not null)
        {
            await recording.Of(run).SaveAsync(parsed.GetValue(_record)!, cancellationToken);
        }

        return ExitCode.Done;
    }

    private async Task<int> ReplayAsync(Session session, ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        try
        {
            var record = await AgentRecord.LoadAsync(file, cancellationToken);
            var strategy = record.Run.Strategy;
            // tools are needed for their names and parameters only; none is called
            await using var nothing = new CollectionStore(KeywordModel.Default);
            var tools = AgentToolSet.Create(ToolNames(parsed, strategy), new(nothing, new DefaultRetriever(nothing), new("")));
            var options = new AgentOptions { Tools = tools, Budget = record.Budget, Chat = record.Chat, RequireCitations = record.RequireCitations };
            var run = await ShowAsync(session, parsed, record.Replay().Agent(null, AgentStrategies.Named(strategy, Search(tools)), options), record.Run.Task, cancellationToken);
            var difference = RunDiff.Of(record.Run, run);
            return difference.IsEmpty ? ExitCode.Done : throw new CommandException(Plain.Line(difference.ToString()));
        }
        catch (Exception e) when (e is ReplayException or InvalidDataException or ArgumentException)
        {
            throw new CommandException(e.Message);
        }
    }

    private async Task<AgentRun> ShowAsync(Session session, ParseResult parsed, Agent agent, string task, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(shared.Json);
        var view = new AgentView(session.Console());
        var run = await agent.RunAsync(new AgentTask(task), step =>
        {
            if (!json)
            {
                view.Show(step);
            }

            return Task.CompletedTask;
        }, cancellationToken);
        if (json)
        {
            RagJson.Write(session.Out, AgentJson.Of(run), t => t.AgentJson);
        }

        return run;
    }

    private string[] ToolNames(ParseResult parsed, string strategy) =>
        parsed.GetValue(_tools) is { Length: > 0 } given ? [.. given.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : AgentStrategyOptions.ToolsOf(strategy);

    private static AIFunction? Search(IEnumerable<AIFunction> tools) => tools.FirstOrDefault(t => t.Name == "search");
}
