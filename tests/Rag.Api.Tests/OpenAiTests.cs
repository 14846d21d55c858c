using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Api.Tests;

public sealed class OpenAiTests
{
    private static readonly object[] Asked = [new { role = "user", content = "Who founded the archive?" }];

    [Fact]
    public async Task Completion_answers_from_the_documents_with_citations_as_annotations()
    {
        await using var server = await ApiServer.StartAsync();

        var (status, body) = await server.PostAsync("/v1/chat/completions", new { model = "rag", messages = Asked });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("chat.completion", "rag"), (body.GetProperty("object").GetString(), body.GetProperty("model").GetString()));
        var choice = body.GetProperty("choices")[0];
        var (message, text) = (choice.GetProperty("message"), choice.GetProperty("message").GetProperty("content").GetString()!);
        var citation = message.GetProperty("annotations")[0].GetProperty("url_citation");
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("[1]", text[citation.GetProperty("start_index").GetInt32()..citation.GetProperty("end_index").GetInt32()]);
        Assert.Equal("The archive was founded by Ada Crane in 1987.", citation.GetProperty("quote").GetString());
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(citation.GetProperty("url").GetString()!)).Status);
    }

    [Fact]
    public async Task Follow_up_is_read_with_the_messages_before_it()
    {
        await using var server = await ApiServer.StartAsync(services: s => s.AddSingleton<Queries.IQueryTransformer>(new Queries.FollowUpTransformer()));

        var (_, body) = await server.PostAsync("/v1/chat/completions", new { model = "rag", messages = new object[] { Asked[0], new { role = "assistant", content = "Ada Crane. [1]" }, new { role = "user", content = new object[] { new { type = "text", text = "Where did it move in 2003?" } } } } });

        Assert.Contains("Lisbon", body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streamed_completion_has_the_same_text_then_annotations_usage_and_the_end()
    {
        await using var server = await ApiServer.StartAsync();
        var whole = (await server.PostAsync("/v1/chat/completions", new { model = "rag", messages = Asked })).Body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();

        var chunks = await server.EventsAsync("/v1/chat/completions", new { model = "rag", messages = Asked, stream = true, stream_options = new { include_usage = true } });

        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, chunks[^1].Data.ValueKind);
        var deltas = chunks.SkipLast(1).SelectMany(c => c.Data.GetProperty("choices").EnumerateArray()).Select(c => c.GetProperty("delta")).ToList();
        Assert.Equal(whole, string.Concat(deltas.Where(d => d.TryGetProperty("content", out _)).Select(d => d.GetProperty("content").GetString())));
        Assert.Contains(deltas, d => d.TryGetProperty("annotations", out var a) && a.GetArrayLength() == 1);
        Assert.True(chunks[^2].Data.TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task Model_behind_the_server_is_passed_through_with_its_tools()
    {
        using var model = new TurnScript((call, messages, options) => call == 0
            ? new(ChatRole.Assistant, [new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Oslo" })])
            : new(ChatRole.Assistant, $"It is {((FunctionResultContent)messages[^1].Contents[0]).Result}."));
        await using var server = await ApiServer.StartAsync(client: model);
        var tools = new[] { new { type = "function", function = new { name = "weather", description = "Weather.", parameters = new { type = "object", properties = new { city = new { type = "string" } } } } } };

        var first = (await server.PostAsync("/v1/chat/completions", new { model = "model", messages = Asked, tools })).Body.GetProperty("choices")[0];
        var call = first.GetProperty("message").GetProperty("tool_calls")[0];
        var second = (await server.PostAsync("/v1/chat/completions", new { model = "model", messages = new object[] { Asked[0], new { role = "assistant", content = (string?)null, tool_calls = new[] { call } }, new { role = "tool", tool_call_id = "c1", content = "cold" } } })).Body;

        Assert.Equal(("tool_calls", "weather", """{"city":"Oslo"}"""), (first.GetProperty("finish_reason").GetString(), call.GetProperty("function").GetProperty("name").GetString(), call.GetProperty("function").GetProperty("arguments").GetString()));
        Assert.Equal("It is cold.", second.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Response_carries_citations_of_files_whole_and_streamed()
    {
        await using var server = await ApiServer.StartAsync();

        var whole = (await server.PostAsync("/v1/responses", new { model = "rag", input = "Who founded the archive?" })).Body;
        var events = await server.EventsAsync("/v1/responses", new { model = "rag", input = new object[] { new { role = "user", content = new[] { new { type = "input_text", text = "Who founded the archive?" } } } }, stream = true });

        var part = whole.GetProperty("output")[0].GetProperty("content")[0];
        Assert.Equal(("file_citation", "guides/archive.md"), (part.GetProperty("annotations")[0].GetProperty("type").GetString(), part.GetProperty("annotations")[0].GetProperty("file_id").GetString()));
        Assert.Equal(part.GetProperty("text").GetString(), string.Concat(events.Where(e => e.Name == "response.output_text.delta").Select(e => e.Data.GetProperty("delta").GetString())));
        Assert.Equal(("response.created", "response.completed"), (events[0].Name, events[^1].Name));
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => e.Data.GetProperty("sequence_number").GetInt32()));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/v1/responses", new { model = "rag", input = "x", previous_response_id = "y" })).Status);
    }

    [Fact]
    public async Task Embeddings_are_numbers_or_base64_of_them()
    {
        await using var server = await ApiServer.StartAsync(services: s => s.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(ScriptedEmbeddings.Nature));

        var numbers = (await server.PostAsync("/v1/embeddings", new { model = "nature", input = new[] { "cat dog", "tree" } })).Body.GetProperty("data");
        var encoded = (await server.PostAsync("/v1/embeddings", new { model = "nature", input = "cat dog", encoding_format = "base64" })).Body.GetProperty("data")[0].GetProperty("embedding").GetString()!;

        Assert.Equal([2, 0, 0], numbers[0].GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle()));
        Assert.Equal([2, 0, 0], MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(encoded)).ToArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/v1/embeddings", new { model = "nature", input = new[] { 1, 2 } })).Status);
    }

    [Fact]
    public async Task Embeddings_that_cannot_be_are_the_callers_fault()
    {
        await using var server = await ApiServer.StartAsync(services: s => s.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(ScriptedEmbeddings.Nature));

        foreach (var (body, told) in ((object, string)[])
        [
            (new { input = "cat", encoding_format = "hex" }, "encoding_format is 'hex'; give float or base64."),
            (new { input = "cat", dimensions = 0 }, "dimensions is 0; give 1 "),
            (new { input = "cat", dimensions = -3 }, "dimensions is -3; give 1 "),
            (new { input = new[] { "cat", "" } }, "none of them empty"),
            (new { input = Array.Empty<string>() }, "input has 0 texts"),
        ])
        {
            var (status, answer) = await server.PostAsync("/v1/embeddings", body);

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(told, answer.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rerank_scores_texts_by_their_numbers()
    {
        await using var server = await ApiServer.StartAsync(services: s => s.AddSingleton<IReranker>(new ByLength()));

        var results = (await server.PostAsync("/v1/rerank", new { query = "q", documents = new object[] { "a", new { text = "longer" }, "mid" }, top_n = 2, return_documents = true })).Body.GetProperty("results");

        Assert.Equal([1, 2], results.EnumerateArray().Select(r => r.GetProperty("index").GetInt32()));
        Assert.Equal("longer", results[0].GetProperty("document").GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_in_both_forms()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(["rag"], (await server.GetAsync("/v1/models")).Body.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
        foreach (var (path, body, status) in ((string, object, HttpStatusCode)[])
        [
            ("/v1/chat/completions", new { model = "gpt-9", messages = Asked }, HttpStatusCode.NotFound),
            ("/v1/chat/completions", new { model = "rag", messages = Array.Empty<object>() }, HttpStatusCode.BadRequest),
            ("/v1/chat/completions", new { model = "rag", messages = new[] { new { role = "system", content = "x" } } }, HttpStatusCode.BadRequest),
            ("/v1/chat/completions", new { model = "rag", messages = Asked, tools = new[] { new { type = "function", function = new { name = "f" } } } }, HttpStatusCode.BadRequest),
            ("/v1/embeddings", new { model = "x", input = "x" }, HttpStatusCode.NotImplemented),
            ("/v1/rerank", new { query = "x", documents = new[] { "x" } }, HttpStatusCode.NotImplemented),
        ])
        {
            var (got, problem) = await server.PostAsync(path, body);

            Assert.Equal((status, problem.GetProperty("detail").GetString()), (got, problem.GetProperty("error").GetProperty("message").GetString()));
        }
    }

    private sealed class ByLength : IReranker
    {
        public Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<ScoredChunk>>([.. candidates.Select(c => c with { Score = c.Chunk.Text.Length }).OrderByDescending(c => c.Score).Take(top)]);
    }
}
