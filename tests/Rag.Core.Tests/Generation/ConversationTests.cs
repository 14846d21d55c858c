using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Retrieval.Priors;
using Rag.Retrieval.Selection;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

/// <summary>Transformers and selection together, as the documentation shows them.</summary>
public sealed class ConversationTests
{
    [Fact]
    public async Task A_follow_up_is_searched_among_the_documents_it_is_about_and_answered_from_a_wider_passage()
    {
        await using var store = new InMemoryChunkStore();
        foreach (var (id, system, text) in ((string, string, string)[])[
            ("one.md", "Linux", "Ledger is installed with apt.\nIt needs 40 megabytes.\nReports are exported to PDF."),
            ("two.md", "Windows", "Ledger is installed by a wizard.\nIt needs 90 megabytes.\nReports are exported to PDF.")])
        {
            var document = Corpus.Text(id, text.Split('\n')) with { Language = "en", Tags = new Dictionary<string, string> { ["system"] = system } };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        // <pipeline>
        var transformer = new QueryTransformerChain(
            new FollowUpTransformer(),
            new NamedValueTransformer([new("system", "operating system") { Values = ["Linux", "Windows"] }]),
            new SplittingTransformer());
        var retriever = new SentenceWindowRetriever(new DeduplicatingRetriever(new DefaultRetriever(store)), store, sentences: 1);
        var pipeline = new RagPipeline(retriever, new ExtractiveAnswerGenerator(), transformer: transformer);
        IReadOnlyList<ChatMessage> history = [new(ChatRole.User, "How is Ledger installed?"), new(ChatRole.Assistant, "On which system? [1]")];

        var answer = await pipeline.AskAsync(new Query("And on Windows?") { History = history });
        // </pipeline>

        AnswerContract.Check(answer);
        Assert.Equal("And on Windows?", answer.Question);
        Assert.StartsWith("Ledger is installed by a wizard. [1]", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["two.md"], answer.Passages.Select(p => p.Chunk.DocumentId).Distinct());
        Assert.Equal("Ledger is installed by a wizard.\nIt needs 90 megabytes.", answer.Passages[0].Chunk.Text);
    }

    [Fact]
    public async Task Newer_documents_come_first_where_a_prior_says_so()
    {
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(20_000));
        await using var store = new InMemoryChunkStore();
        foreach (var date in (string[])["2014-01-01", "2024-01-01"])
        {
            var document = Corpus.Text(date, "The fee is due in May.") with { Tags = new Dictionary<string, string> { ["date"] = date } };
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        // <prior>
        var retriever = new PriorRetriever(new DefaultRetriever(store), new RecencyPrior("date", halfLife: TimeSpan.FromDays(365), time: time));
        // </prior>

        Assert.Equal(["2024-01-01#0", "2014-01-01#0"], (await retriever.RetrieveAsync(new("fee"), 2)).Select(f => f.Chunk.Id));
    }
}
