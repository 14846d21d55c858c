using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>How far something is.</summary>
/// <param name="Done">What is done, in any unit.</param>
/// <param name="Total">All of it, in the same unit; <see langword="null"/> where nobody knows.</param>
/// <param name="Doing">What it is at.</param>
internal sealed record WaitStage(double Done, double? Total, string Doing);

/// <summary>Shows a progress bar while something runs: on a terminal, and only when it takes long.</summary>
/// <param name="start">What stands beside the bar before the first report.</param>
/// <param name="stage">What a report says.</param>
internal sealed class WaitBar<T>(string start, Func<T, WaitStage> stage) : IProgress<T>
{
    // Below this nobody wonders whether anything happens, and a bar would only flash.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(60);

    private volatile WaitStage? _latest;

    /// <inheritdoc/>
    public void Report(T value) => _latest = stage(value);

    /// <summary>Waits for the work, which reports here, and gives its result.</summary>
    public async Task<TResult> ShowAsync<TResult>(IAnsiConsole console, Task<TResult> work, CancellationToken cancellationToken)
    {
        if (console.Profile.Capabilities.Ansi && await Task.WhenAny(work, Task.Delay(Patience, cancellationToken)) != work)
        {
            await DrawAsync(console, work);
        }

        return await work;
    }

    private Task DrawAsync(IAnsiConsole console, Task work) =>
        console.Progress().AutoClear(true).Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }).StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(Plain.Line(start)));
            while (!work.IsCompleted)
            {
                if (_latest is { } latest)
                {
                    bar.IsIndeterminate = latest.Total is null;
                    bar.MaxValue = latest.Total ?? bar.MaxValue;
                    bar.Value = latest.Total is null ? 0 : latest.Done;
                    bar.Description = Markup.Escape(Plain.Line(latest.Doing));
                }

                await Task.WhenAny(work, Task.Delay(Refresh));
            }
        });
}
