using Microsoft.Extensions.AI;
using Rag.Agents.Tools;

namespace Rag.Agents.Tests.Tools;

public sealed class FactMemoryTests
{
    private readonly Library _library = new();

    private IReadOnlyList<AIFunction> Tools => FactMemory.Create(_library.Store, _library.Retriever, "anna", "garden plan");

    [Fact]
    public async Task A_fact_is_remembered_recalled_cited_and_forgotten()
    {
        var run = Calls.Run();

        Assert.Matches("^Remembered as fact-[0-9a-f]{16}, from user\\.$", await Tools.Named("remember").CallAsync(run, ("fact", "The user grows\n tomatoes.")));
        await Tools.Named("remember").CallAsync(run, ("fact", "The user grows tomatoes."));
        var recalled = await Tools.Named("recall").CallAsync(run, ("words", "tomatoes?"));
        var id = Assert.Single(await _library.Store.ListDocumentsAsync("anna")).Id;

        Assert.Equal($"[1] The user grows tomatoes. ({id}, from user)", recalled);
        await _library.AssertVerbatimAsync(run, "anna");
        Assert.Equal("garden plan", run.Passages[0].Chunk.Tags["task"]);
        Assert.Equal($"Forgot {id}.", await Tools.Named("forget").CallAsync(run, ("id", id)));
        Assert.Equal("No fact was kept about [tomatoes].", await Tools.Named("recall").CallAsync(run, ("words", "tomatoes")));
    }

    [Fact]
    public async Task A_fact_that_a_passage_says_has_its_document_as_origin()
    {
        await _library.AddAsync("Pool", "The pool holds twenty connections.");
        await _library.AddAsync("Rain", "It rains in Bergen on most days.");
        var run = Calls.Run();
        await SearchTool.Create(_library.Retriever, new Query("")).CallAsync(run, ("question", "pool connections rains"));

        await Tools.Named("remember").CallAsync(run, ("fact", "The pool holds twenty connections."));
        await Tools.Named("remember").CallAsync(run, ("fact", "Cats sleep all afternoon."));

        Assert.Contains("from pool.md)", await Tools.Named("recall").CallAsync(run, ("words", "pool")), StringComparison.Ordinal);
        Assert.Contains("from user)", await Tools.Named("recall").CallAsync(run, ("words", "cats")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_of_other_tenants_and_other_documents_are_neither_recalled_nor_deleted()
    {
        await _library.AddAsync("Pool", "The pool is a document.", d => d with { Tenant = "anna" });
        await FactMemory.Create(_library.Store, _library.Retriever, "bob").Named("remember").CallAsync(null, ("fact", "The pool is Bob's."));
        var theirs = Assert.Single(await _library.Store.ListDocumentsAsync("bob")).Id;

        Assert.Equal("No fact was kept about [pool].", await Tools.Named("recall").CallAsync(null, ("words", "pool")));
        Assert.Equal($"There is no fact {theirs}. Use recall to find its id.", await Tools.Named("forget").CallAsync(null, ("id", theirs)));
        Assert.Equal("There is no fact pool.md. Use recall to find its id.", await Tools.Named("forget").CallAsync(null, ("id", "pool.md")));
        Assert.Single(await _library.Store.ListDocumentsAsync("anna"));
        Assert.Single(await _library.Store.ListDocumentsAsync("bob"));
    }

    [Fact]
    public void To_remember_and_to_forget_must_be_approved()
    {
        Assert.IsType<ApprovalRequiredAIFunction>(Tools.Named("remember"));
        Assert.IsType<ApprovalRequiredAIFunction>(Tools.Named("forget"));
        Assert.IsNotType<ApprovalRequiredAIFunction>(Tools.Named("recall"), exactMatch: false);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData(null)]
    public async Task A_fact_has_words_and_an_end(string? fact)
    {
        Assert.StartsWith("Not remembered: a fact has 1 to 1000 characters", await Tools.Named("remember").CallAsync(null, ("fact", fact ?? new string('x', 1001))));
        Assert.Empty(await _library.Store.ListDocumentsAsync("anna"));
    }
}
