using Rag.Agents.Tools;

namespace Rag.Agents.Tests.Tools;

public sealed class ClockToolTests
{
    [Fact]
    public async Task Now_tells_weekday_date_and_time()
    {
        Assert.Equal("Thursday, 2024-02-29, 23:30:00 UTC", await ClockTool.Create(new Clock(TimeZoneInfo.Utc)).CallAsync(null));
    }

    [Fact]
    public async Task Now_tells_local_time_and_UTC_where_they_differ()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");

        Assert.Equal("Friday, 2024-03-01, 01:30:00 local time; 2024-02-29 23:30:00 UTC", await ClockTool.Create(new Clock(zone)).CallAsync(null));
    }

    private sealed class Clock(TimeZoneInfo zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => zone;

        public override DateTimeOffset GetUtcNow() => new(2024, 2, 29, 23, 30, 0, TimeSpan.Zero);
    }
}
