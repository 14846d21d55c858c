using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Replay;

/// <summary>A run with all that came into it from outside: enough to run it again without a model, a tool or a clock. Immutable.</summary>
/// <param name="Run">The run.</param>
/// <param name="Calls">What it called, in the order of the calls; samples of one prompt by their seeds.</param>
public sealed record AgentRecord(AgentRun Run, IReadOnlyList<RecordedCall> Calls)
{
    /// <summary>The version of the file. Others are refused.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the file that it was read from.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>When the run began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>What was said before the task.</summary>
    public IReadOnlyList<ChatMessage> History { get; init; } = [];

    /// <summary>What the run might spend.</summary>
    public AgentBudget Budget { get; init; } = new();

    /// <summary>The <see cref="AgentOptions.Chat"/> of the run.</summary>
    public ChatOptions? Chat { get; init; }

    /// <summary>The <see cref="AgentOptions.RequireCitations"/> of the run.</summary>
    public bool RequireCitations { get; init; }

    /// <summary>How many steps the run was given when it was resumed, rather than made itself; 0 for a run from the start.</summary>
    public int Given { get; init; }

    /// <summary>The messages that models were asked, by the keys that <see cref="RecordedCall.Request"/> names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Prompts { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Runs it again from the record alone: nothing outside is called. The agent is made as the recorded one was, its tools included, and given the same task; then its steps are the same, byte for byte.</summary>
    /// <remarks>What the run asks for and the record does not hold is a <see cref="ReplayException"/>.</remarks>
    public Recording Replay() => new(this, Given, false, null);

    /// <summary>Begins with steps of the record and goes on live from there, with another model, prompt or strategy where wanted.</summary>
    /// <remarks>
    /// Tools that these steps call, and agents behind them, are replayed; a call is taken with what came of it. Their time and their turns count for the budget of the new run, the model's calls and tokens do not.
    /// </remarks>
    /// <param name="step">How many steps are taken from the record, from 0 up to those before the answer or a limit that was reached.</param>
    /// <param name="time">Measures the time from there. Default: the system's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run has not so many such steps.</exception>
    public Recording Resume(int step, TimeProvider? time = null)
    {
        var most = GivenSteps.Most(Run.Steps);
        return step >= 0 && step <= most ? new(this, GivenSteps.Whole(Run.Steps, step), true, time)
            : throw new ArgumentOutOfRangeException(nameof(step), step, $"This run can be resumed from step 0 to {most}: before its answer, and before a limit was reached.");
    }

    /// <summary>Writes it as JSON, one value a line. The file is whole or not there: it takes its name when it is complete. Times stand in <c>started</c>, <c>start</c>, <c>end</c> and <c>at</c>; but for them, two records of one run are the same bytes.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = path + ".tmp";
        await using (var stream = File.Create(temporary))
        {
            await JsonSerializer.SerializeAsync(stream, this, RecordJson.Options.Of<AgentRecord>(), cancellationToken);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a file that <see cref="SaveAsync"/> wrote. What stands in it is data; no type is looked up by a name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">The file is no record, is damaged, or has another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<AgentRecord> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return RecordJson.Read(path, await File.ReadAllBytesAsync(path, cancellationToken));
    }
}
