using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation.Results;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Cli;

/// <summary>The options of the commands that measure answers: what answers, where the run is kept, and what it must reach.</summary>
internal sealed class AnswerRunOptions
{
    private readonly AnswerModelOptions _model = new();

    private readonly Option<string?> _out = new("--out") { Description = "Write what each question got, for 'rag eval report'.", HelpName = "RUN.json" };

    private readonly Option<string[]> _gates = new("--gate") { Description = "What a number of the result must reach, or the exit code is 1: \"f1>=0.5\", \"abstention.auroc>0.6\"; once for each.", HelpName = "GATE" };

    public AnswerRunOptions() => _gates.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(t => Gate.Parse(t.Value) is null))
        {
            result.AddError($"--gate is '{token.Value}'; give a number of the result, a comparison and a limit, such as \"f1>=0.5\".");
        }
    });

    public IEnumerable<Option> All => [_out, _gates, .. _model.All];

    /// <summary>The language model that was asked for; <see langword="null"/> where answers are made of quotes.</summary>
    public Task<IAnswerModel?> LoadAsync(Session session, ParseResult parsed, CancellationToken cancellationToken) => _model.LoadAsync(session, parsed, cancellationToken);

    /// <summary>Answers with the model, or with quotes.</summary>
    public static Func<IRetriever, RagPipeline> Pipeline(IAnswerModel? model) => retriever => model?.Pipeline(retriever) ?? new RagPipeline(retriever, new ExtractiveAnswerGenerator());

    /// <summary>Keeps the run where that was asked for, and holds the result against the gates: one line on standard error for each that is missed.</summary>
    /// <param name="session">Where lines go.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="result">What the command prints as JSON.</param>
    /// <param name="type">Its type.</param>
    /// <param name="files">What was asked.</param>
    /// <param name="run">The run of a collection by a name.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FinishAsync<T>(Session session, ParseResult parsed, T result, Func<RagJson, JsonTypeInfo<T>> type, IReadOnlyList<string> files, Func<string, string, RunResult> run, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_out) is { } file)
        {
            var made = run(string.Join(", ", files.Select(Path.GetFileNameWithoutExtension)), _model.NameOf(parsed) ?? "extractive");
            await ResultsFile.WriteAsync(file, [made with { Settings = Settings(parsed), Version = RunResult.CurrentVersion }], cancellationToken);
        }

        var json = RagJson.Element(result, type);
        var missed = parsed.GetValue(_gates)!.Select(text => Gate.Parse(text)!.MissedBy(json)).OfType<string>().ToList();
        missed.ForEach(session.Complain);
        return missed.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    // What changes what is measured; paths would tell of the machine.
    private static Dictionary<string, string> Settings(ParseResult parsed) => parsed.CommandResult.Command.Options
        .Where(o => o.Name is "--scope" or "--limit" or "--model" or "--endpoint-model" or "--judge" or "--seed" && parsed.GetResult(o) is { Implicit: false })
        .ToDictionary(o => o.Name.TrimStart('-'), o => string.Join(' ', parsed.GetResult(o)!.Tokens.Select(t => Path.GetFileName(t.Value))), StringComparer.Ordinal);
}
