using System.Globalization;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Tools;

/// <summary>Tells a model, which knows no day but those of its training, the date and time: <c>now</c>.</summary>
public static class ClockTool
{
    /// <summary>The tool <c>now</c>.</summary>
    /// <param name="clock">The clock and its zone. Default <see cref="TimeProvider.System"/>.</param>
    public static AIFunction Create(TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        return ToolFunction.Of("now", "Tells the date, the weekday and the time.", () =>
        {
            var (local, utc) = (clock.GetLocalNow(), clock.GetUtcNow());
            var day = local.ToString("dddd, yyyy-MM-dd, HH:mm:ss", CultureInfo.InvariantCulture);
            return local.Offset == TimeSpan.Zero ? $"{day} UTC" : $"{day} local time; {utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
        });
    }
}
