using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rag.Testing;

namespace Rag.Api.Tests;

public sealed class AskEndpointTests
{
    [Fact]
    public async Task Ask_gives_a_checked_answer_without_paths()
    {
        await using var server = await ApiServer.StartAsync();

        var (status, body) = await server.PostAsync("/api/ask", new { question = "Who founded the archive?" });

        Assert.Equal(HttpStatusCode.OK, status);
        var answer = body.GetProperty("answer");
        Assert.Contains("Ada Crane", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("The archive was founded by Ada Crane in 1987.", answer.GetProperty("citations")[0].GetProperty("quote").GetString());
        Assert.DoesNotContain("/srv/private", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_streams_typed_events_and_ends_with_the_whole_answer()
    {
        await using var server = await ApiServer.StartAsync();

        var events = await server.EventsAsync("/api/ask", new { question = "Who founded the archive?" });

        Assert.Equal(["passage", "token", "citation", "verdict", "usage", "done"], events.Select(e => e.Name).Distinct());
        Assert.Equal(events[^1].Data.GetProperty("answer").GetProperty("text").GetString(), string.Concat(events.Where(e => e.Name == "token").Select(e => e.Data.GetProperty("text").GetString())));
    }

    [Fact]
    public async Task Conversation_is_kept_read_and_deleted()
    {
        await using var server = await ApiServer.StartAsync();
        await server.PostAsync("/api/ask", new { question = "Who founded the archive?", session = "a" });

        var (_, second) = await server.PostAsync("/api/ask", new { question = "Where did it move in 2003?", session = "a" });

        Assert.Equal(2, second.GetProperty("turn").GetInt32());
        Assert.Contains("Lisbon", second.GetProperty("answer").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await server.GetAsync("/api/sessions/a")).Body.GetProperty("turns").GetArrayLength());
        Assert.Equal("a", (await server.GetAsync("/api/sessions")).Body.GetProperty("sessions")[0].GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync(HttpMethod.Delete, "/api/sessions/a")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/sessions/a")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/api/ask", new { question = "And then?", session = "a", after = 7 })).Status);
    }

    [Fact]
    public async Task Question_and_rating_that_come_again_under_their_key_are_done_once()
    {
        await using var server = await ApiServer.StartAsync();
        async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string path, object body, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            var (status, text) = await server.SendAsync(request);
            return (status, JsonElement.Parse(text));
        }

        var first = await SendAsync("/api/ask", new { question = "Who founded the archive?", session = "a" }, "1");
        var again = await SendAsync("/api/ask", new { question = "Who founded the archive?", session = "a" }, "1");
        var other = await SendAsync("/api/ask", new { question = "When did it move?", session = "a" }, "1");
        var rating = new { verdict = "good", answerId = first.Body.GetProperty("id").GetString() };
        var rated = await SendAsync("/api/feedback", rating, "2");
        var ratedAgain = await SendAsync("/api/feedback", rating, "2");

        Assert.Equal((HttpStatusCode.OK, first.Body.GetRawText()), (again.Status, again.Body.GetRawText()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:rag:problem:idempotency-key-reused"), (other.Status, other.Body.GetProperty("type").GetString()));
        Assert.Equal((HttpStatusCode.Created, rated.Body.GetRawText()), (ratedAgain.Status, ratedAgain.Body.GetRawText()));
        Assert.Equal(1, (await server.GetAsync("/api/sessions/a")).Body.GetProperty("turns").GetArrayLength());
        Assert.Single(await server.Services.GetRequiredService<Ratings.IRatingStore>().ListAsync().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, (await SendAsync("/api/ask", new { question = "Who founded the archive?", session = "a" }, "3")).Body.GetProperty("turn").GetInt32());
    }

    [Fact]
    public async Task Reply_that_is_kept_for_its_key_goes_with_the_document_that_it_quotes()
    {
        await using var server = await ApiServer.StartAsync();
        async Task<string> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ask") { Content = JsonContent.Create(new { question = "Who founded the archive?" }) };
            request.Headers.Add("Idempotency-Key", "1");
            return (await server.SendAsync(request)).Body;
        }

        Assert.Contains("Ada Crane", await AskAsync(), StringComparison.Ordinal);
        await server.SendAsync(HttpMethod.Delete, "/api/documents/guides/archive.md");

        Assert.DoesNotContain("Ada Crane", await AskAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_of_a_request_that_failed_is_free_again()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.NotFound])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/feedback") { Content = JsonContent.Create(new { verdict = "good", answerId = "x" }) };
            request.Headers.Add("Idempotency-Key", "1");
            Assert.Equal(status, (await server.SendAsync(request)).Status);
        }
    }

    [Fact]
    public async Task Agent_runs_step_by_step_with_the_registered_model()
    {
        using var model = TurnScript.Saying("Thought: I search.\nAction: Search[archive]", "Action: Finish[Ada Crane]");
        await using var server = await ApiServer.StartAsync(client: model);

        var events = await server.EventsAsync("/api/agents", new { task = "Who founded the archive?" });

        Assert.Equal(["thought", "tool_call", "observation", "finish", "answer"], events.Where(e => e.Name == "step").Select(e => e.Data.GetProperty("kind").GetString()));
        Assert.Equal("Ada Crane [1]", events[^1].Data.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Fault_in_the_middle_of_a_stream_is_an_event_for_the_reader_and_a_line_in_the_log()
    {
        using var model = new TurnScript((call, _, _) => call == 0 ? new(Microsoft.Extensions.AI.ChatRole.Assistant, "Action: Search[archive]") : throw new InvalidOperationException("a secret of the server"));
        await using var server = await ApiServer.StartAsync(client: model);

        var events = await server.EventsAsync("/api/agents", new { task = "Who founded the archive?" });

        Assert.Equal(("error", "urn:rag:problem:internal"), (events[^1].Name, events[^1].Data.GetProperty("type").GetString()));
        Assert.DoesNotContain("secret", events[^1].Data.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("/api/agents failed", server.Log);
    }

    [Fact]
    public async Task Agent_without_a_model_says_what_is_missing()
    {
        await using var server = await ApiServer.StartAsync();

        var (status, body) = await server.PostAsync("/api/agents", new { task = "Who?" });

        Assert.Equal((HttpStatusCode.NotImplemented, "urn:rag:problem:not-configured"), (status, body.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Answer_is_rated_by_its_id_or_as_a_turn()
    {
        await using var server = await ApiServer.StartAsync();
        var (_, asked) = await server.PostAsync("/api/ask", new { question = "Who founded the archive?", session = "a" });

        var byId = await server.PostAsync("/api/feedback", new { verdict = "good", answerId = asked.GetProperty("id").GetString(), comment = "yes" });
        var byTurn = await server.PostAsync("/api/feedback", new { verdict = "bad", session = "a", turn = 1, correction = "Ada Crane, in 1987. [1]" });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (byId.Status, byTurn.Status));
        Assert.Equal("Who founded the archive?", byId.Body.GetProperty("question").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/api/feedback", new { verdict = "so-so", answerId = "x" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/api/feedback", new { verdict = "good" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.PostAsync("/api/feedback", new { verdict = "good", answerId = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.PostAsync("/api/feedback", new { verdict = "good", session = "a", turn = 9 })).Status);
    }

    [Fact]
    public async Task Documents_are_listed_in_pages_read_with_an_etag_and_deleted()
    {
        await using var server = await ApiServer.StartAsync();

        var (_, first) = await server.GetAsync("/api/documents?limit=1");
        var (_, second) = await server.GetAsync($"/api/documents?limit=5&after={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");

        Assert.Equal("guides/archive.md", first.GetProperty("documents")[0].GetProperty("id").GetString());
        Assert.Equal("guides/printer.md", second.GetProperty("documents")[0].GetProperty("id").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("next").ValueKind);
        using var cached = new HttpRequestMessage(HttpMethod.Get, "/api/documents/text/guides/archive.md");
        cached.Headers.IfNoneMatch.ParseAdd("\"v1\"");
        Assert.Equal(HttpStatusCode.NotModified, (await server.Client.SendAsync(cached, TestContext.Current.CancellationToken)).StatusCode);
        Assert.StartsWith("The archive", (await server.GetAsync("/api/documents/text/guides/archive.md")).Body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync(HttpMethod.Delete, "/api/documents/guides/archive.md")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/documents/text/guides/archive.md")).Status);
        Assert.True((await server.PostAsync("/api/ask", new { question = "Who founded the archive?" })).Body.GetProperty("answer").GetProperty("abstained").GetBoolean());
    }
}
