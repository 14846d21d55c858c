using System.CommandLine;
using Rag.Agents;
using Rag.Api.Json;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;

namespace Rag.Cli.Commands;

/// <summary><c>rag agent</c>: one task, done by a strategy with tools.</summary>
internal sealed class AgentCommand(SharedOptions shared)
{
    private readonly Argument<string> _task = new("TASK") { Description = "What is to be done or answered." };

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
        var task = Questions.Check(parsed.GetValue(_task), "agent");
        var strategy = parsed.GetValue(_strategy)!;
        string[] names = parsed.GetValue(_tools) is { Length: > 0 } given ? [.. given.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : AgentStrategyOptions.ToolsOf(strategy);
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
        var agent = new Agent(model.Client, AgentStrategies.Named(strategy, tools.FirstOrDefault(t => t.Name == "search")), options);
        if (parsed.GetValue(shared.Json))
        {
            RagJson.Write(session.Out, AgentJson.Of(await agent.RunAsync(new AgentTask(task), cancellationToken)), t => t.AgentJson);
        }
        else
        {
            await new AgentView(session.Console()).ShowAsync(agent.RunStreamingAsync(new(task), cancellationToken), cancellationToken);
        }

        return ExitCode.Done;
    }
}
