namespace Rag.OpenAI.Tests;

public sealed class OpenAIEndpointTests
{
    [Theory]
    [InlineData("localhost:8080")]
    [InlineData("127.0.0.1:8080/v1")]
    [InlineData("ftp://host/v1")]
    [InlineData("")]
    [InlineData("/v1")]
    [InlineData("http://")]
    public void Address_without_scheme_or_host_is_refused_with_one_that_works(string address)
    {
        var refusal = Assert.Throws<FormatException>(() => new OpenAIEndpoint(address));

        Assert.Equal($"'{address}' is no address of an endpoint. Give it with scheme and path, such as http://127.0.0.1:8080/v1.", refusal.Message);
    }

    [Theory]
    [InlineData("http://me:hunter22@host/v1")]
    [InlineData("me:hunter22@host/v1")]
    [InlineData("http://host/v1?key=hunter22")]
    [InlineData("http://host/v1#hunter22")]
    public void Address_with_a_secret_in_it_is_refused_without_saying_it(string address)
    {
        var refusal = Assert.Throws<FormatException>(() => new OpenAIEndpoint(address));

        Assert.DoesNotContain("hunter22", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_listed_in_the_servers_order()
    {
        var server = FakeServer.Of(() => FakeServer.Json("""{"object":"list","data":[{"id":"b"},{"id":"a"}]}"""));
        using var endpoint = server.Endpoint(address: "http://127.0.0.1:8080/v1/");

        Assert.Equal(["b", "a"], await endpoint.ListModelsAsync(TestContext.Current.CancellationToken));
        Assert.Equal("GET http://127.0.0.1:8080/v1/models", server.Requests[0].Line);
    }

    [Theory]
    [InlineData("<html>Welcome</html>", "something that is not JSON: <html>Welcome</html>")]
    [InlineData("{\"models\":[]}", "JSON of an unknown form: {\"models\":[]}")]
    [InlineData("", "something that is not JSON: nothing")]
    public async Task Page_that_is_no_api_is_named_with_what_it_says(string body, string what)
    {
        using var endpoint = FakeServer.Of(() => FakeServer.Json(body)).Endpoint();

        var failure = await Assert.ThrowsAsync<OpenAIException>(() => endpoint.ListModelsAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"http://127.0.0.1:8080/v1 answers {what}. Check that the address is that of an API in OpenAI's protocol, mostly ending in /v1.", failure.Message);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"the request exceeds the available context size"}}""", "refuses the request (400: the request exceeds the available context size). Change what it complains of.")]
    [InlineData(401, """{"error":{"message":"Invalid API Key","type":"authentication_error"}}""", "wants a key (401: Invalid API Key). Give one; 'rag' reads it from RAG_OPENAI_API_KEY.")]
    [InlineData(403, "", "wants a key (403). Give one; 'rag' reads it from RAG_OPENAI_API_KEY.")]
    [InlineData(404, """{"error":"model 'm' not found, try pulling it first"}""", "knows no such path or model (404: model 'm' not found, try pulling it first). Check that the address ends as the server wants it, mostly in /v1, and that the model is one that it lists.")]
    [InlineData(422, """{"detail":[{"loc":["body"]}]}""", "refuses the request (422: [{\"loc\":[\"body\"]}]). Change what it complains of.")]
    [InlineData(429, """{"message":"Slow down."}""", "takes no more requests for now (429: Slow down). Try again later, or check the account's limits.")]
    [InlineData(500, "<h1>Oops</h1>\n\u001b[31m", "failed (500: <h1>Oops</h1> [31m). See the server's log, and try again.")]
    [InlineData(503, """{"error":{"message":"Loading model"}}""", "is not ready (503: Loading model). Try again when the model has been loaded and the server is less busy.")]
    [InlineData(504, "", "took too long (504). Try again, or ask for less.")]
    [InlineData(302, "", "answers from somewhere else (302). Give the address that it sends to.")]
    public async Task Refusal_says_what_the_server_says_and_what_to_do(int status, string body, string said)
    {
        var failure = await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Json(body, status)));

        Assert.Equal(($"http://127.0.0.1:8080/v1 {said}", status), (failure.Message, failure.Status));
    }

    [Fact]
    public async Task Secrets_that_a_server_sends_back_stand_in_no_message()
    {
        var options = new OpenAIEndpointOptions { ApiKey = "sk-hunter22", MaxRetries = 0, Headers = new Dictionary<string, string> { ["api-key"] = "azure-hunter23" } };

        var refused = await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Json("""{"error":{"message":"No such key: sk-hunter22, azure-hunter23"}}""", 401)), options);
        var malformed = await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Json("You sent sk-hunter22")), options);
        var broken = await Answers.FailsAsync(new FakeServer(_ => throw new HttpRequestException("sk-hunter22")), options);

        Assert.Contains("refuses the key (401: No such key: ***, ***). Give a valid one;", refused.Message, StringComparison.Ordinal);
        Assert.All([refused, malformed, broken], failure => Assert.DoesNotContain("hunter", failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "There is no host '127.0.0.1' (why). Check the address of the endpoint.")]
    [InlineData(HttpRequestError.SecureConnectionError, "http://127.0.0.1:8080/v1 gives no secure connection (why). Check the certificate, or whether the server speaks http only.")]
    [InlineData(HttpRequestError.ResponseEnded, "The connection to http://127.0.0.1:8080/v1 broke before a reply came (why). See whether the server still runs, and try again.")]
    public async Task Connection_that_fails_says_how(HttpRequestError error, string said) =>
        Assert.Equal(said, (await Answers.FailsAsync(new FakeServer(_ => throw new HttpRequestException(error, "why")))).Message);

    [Fact]
    public async Task Connection_that_takes_too_long_is_no_cancellation()
    {
        var failure = await Answers.FailsAsync(new FakeServer(_ => throw new TaskCanceledException("cancelled", new TimeoutException("A connection could not be established within 15 seconds."))));

        Assert.Equal("http://127.0.0.1:8080/v1 could not be reached in time (A connection could not be established within 15 seconds). Check host and port, and whether a firewall stands between.", failure.Message);
    }

    [Fact]
    public async Task Long_text_of_a_server_is_cut()
    {
        var failure = await Answers.FailsAsync(FakeServer.Of(() => FakeServer.Json(new string('x', 100_000), 400)));

        Assert.InRange(failure.Message.Length, 300, 500);
    }

    [Fact]
    public async Task Cancelled_call_sends_nothing()
    {
        var server = FakeServer.Of(() => FakeServer.Json("{}"));
        using var endpoint = server.Endpoint();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endpoint.ListModelsAsync(new(canceled: true)));

        Assert.Empty(server.Requests);
    }
}
