using System.Text.Json;

namespace Rag.Cli.Tests.Commands;

public sealed class AskCommandTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task Json_is_one_answer_with_the_fields_of_the_contract()
    {
        var run = await store.RagAsync("ask", "Who founded the archive?", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var answer = run.Json.AssertFields("question", "text", "abstained", "reason", "sentences", "citations", "sources", "usage", "timings");
        var sentence = answer.GetProperty("sentences").AssertArrayOf("start", "end", "supported", "citations")[0];
        answer.GetProperty("sources").AssertArrayOf("number", "chunkId", "documentId", "path", "page", "start", "end", "text", "score");
        answer.GetProperty("usage").AssertFields("promptTokens", "completionTokens");
        answer.GetProperty("timings").AssertFields("retrieveMs", "rerankMs", "firstTokenMs", "generateMs", "verifyMs");
        Assert.False(answer.GetProperty("abstained").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("reason").ValueKind);
        Assert.True(sentence.GetProperty("supported").GetBoolean());
        Assert.Equal(JsonValueKind.Number, sentence.GetProperty("citations")[0].ValueKind);
    }

    [Fact]
    public async Task Each_citation_quotes_the_parsed_document_at_its_span()
    {
        var answer = (await store.RagAsync("ask", "Who founded the archive?", "--json")).Json;

        var citation = answer.GetProperty("citations")
            .AssertArrayOf("number", "start", "end", "documentId", "chunkId", "path", "title", "page", "sourceStart", "sourceEnd", "quote", "support", "boxes")[0];
        var document = (await Run.RagAsync("read", citation.Text("path"), "--json")).Json;
        Assert.Equal(citation.Text("quote"), document.Text("text")[citation.Number("sourceStart")..citation.Number("sourceEnd")]);
        Assert.Equal($"[{citation.Number("number")}]", answer.Text("text")[citation.Number("start")..citation.Number("end")]);
        Assert.Contains("Ada Crane", citation.Text("quote"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abstention_has_a_reason_and_no_citations()
    {
        var run = await store.RagAsync("ask", "What colour are xylophones?", "--json");

        Assert.Equal(0, run.Code);
        Assert.True(run.Json.GetProperty("abstained").GetBoolean());
        Assert.NotEmpty(run.Json.Text("reason"));
        Assert.Equal((0, 0), (run.Json.GetProperty("citations").GetArrayLength(), run.Json.GetProperty("sentences").GetArrayLength()));
    }

    [Theory]
    [InlineData("mark")]
    [InlineData("drop")]
    [InlineData("abstain")]
    public async Task Support_takes_each_choice(string support) => Assert.Equal(0, (await store.RagAsync("ask", "Where is the printer?", "--support", support, "--json")).Code);

    [Fact]
    public async Task People_see_the_answer_and_under_it_the_quoted_place()
    {
        var run = await store.RagAsync("ask", "Who founded the archive?");

        Assert.Equal(0, run.Code);
        Assert.Contains("Ada Crane in 1987. [1]", run.Out, StringComparison.Ordinal);
        Assert.Matches("""(?m)^\[1\] .*notes\.txt, line 1$""", run.Out);
        Assert.Contains("“The archive was founded by Ada Crane in 1987.”", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Out);
    }
}
