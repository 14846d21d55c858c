namespace Rag.Cli.Tests.Commands;

public sealed class DoctorCommandTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Json_lists_checks_with_the_fields_of_the_contract()
    {
        var run = await store.RagAsync("doctor", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var checks = run.Json.AssertFields("checks").GetProperty("checks").AssertArrayOf("name", "ok", "detail", "fix");
        Assert.Equal(["runtime", "terminal", "readers", "store", "native library", "endpoint"], checks.Select(c => c.Text("name")));
        Assert.Contains("3 documents", checks[3].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("not there yet", checks[4].Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model", "m.gguf", "native library")]
    [InlineData("--endpoint", "http://localhost:8080", "endpoint")]
    [InlineData("--store", "no-such-store.db", "store")]
    public async Task What_is_asked_for_and_not_there_fails(string option, string value, string check)
    {
        var run = await Run.RagAsync("doctor", option, value, "--json");

        Assert.Equal(1, run.Code);
        Assert.StartsWith($"{check}: ", run.Error, StringComparison.Ordinal);
        Assert.False(run.Json.GetProperty("checks").EnumerateArray().Single(c => c.Text("name") == check).GetProperty("ok").GetBoolean());
    }
}
