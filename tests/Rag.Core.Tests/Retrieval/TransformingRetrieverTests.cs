using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval;

public sealed class TransformingRetrieverTests
{
    [Fact]
    public async Task What_several_queries_find_is_fused_and_the_question_is_one_of_them()
    {
        await using var store = await StoreAsync();
        var transformer = new ChatQueryTransformer(new ScriptedChatClient("groundhog"), QueryTechnique.MultiQuery);

        var found = await new TransformingRetriever(new KeywordRetriever(store), transformer).RetrieveAsync(new("marmot") { Explain = true }, 9);

        Assert.Equal(["both#0", "mar#0", "ground#0"], found.Select(f => f.Chunk.Id));
        Assert.All(found, f => Assert.Equal(f.Score, f.Terms.Sum(t => t.Score), 9));
    }

    [Fact]
    public async Task One_query_keeps_its_results()
    {
        await using var store = await StoreAsync();
        var inner = new KeywordRetriever(store);

        Corpus.AssertSame(await inner.RetrieveAsync(new("marmot"), 9), await new TransformingRetriever(inner, new FollowUpTransformer()).RetrieveAsync(new("marmot"), 9));
    }

    [Fact]
    public async Task The_pipeline_searches_and_answers_the_question_that_stands_alone()
    {
        await using var store = await StoreAsync();
        var history = new ChatMessage[] { new(ChatRole.User, "Where does the groundhog sleep?") };
        var client = new ScriptedChatClient("A groundhog sleeps in a burrow. [1]");
        var pipeline = new RagPipeline(new KeywordRetriever(store), new ChatAnswerGenerator(client), transformer: new FollowUpTransformer());

        var answer = await pipeline.AskAsync(new Query("And why?") { History = history });

        AnswerContract.Check(answer);
        Assert.Equal(("And why?", false), (answer.Question, answer.Abstained));
        Assert.EndsWith("Question: And why (groundhog sleep)?", client.Messages[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_without_a_transformer_takes_the_question_as_it_is()
    {
        await using var store = await StoreAsync();
        var history = new ChatMessage[] { new(ChatRole.User, "Where does the groundhog sleep?") };

        Assert.True((await new RagPipeline(new KeywordRetriever(store), new ExtractiveAnswerGenerator()).AskAsync(new Query("And why?") { History = history })).Abstained);
    }

    [Fact]
    public async Task What_the_transformer_throws_the_pipeline_throws()
    {
        var failing = new ScriptedChatClient("x") { Before = _ => throw new HttpRequestException("gone") };
        var pipeline = new RagPipeline(new ScriptedRetriever(), new ExtractiveAnswerGenerator(), transformer: new ChatQueryTransformer(failing, QueryTechnique.StepBack));

        await Assert.ThrowsAsync<HttpRequestException>(() => pipeline.AskAsync("Why?"));
    }

    private static async Task<InMemoryChunkStore> StoreAsync()
    {
        var store = new InMemoryChunkStore();
        foreach (var (id, text) in ((string, string)[])[("mar", "The marmot sleeps."), ("ground", "A groundhog sleeps in a burrow."), ("both", "A marmot is no groundhog."), ("none", "Granite is hard.")])
        {
            var document = Corpus.Text(id, text);
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        return store;
    }
}
