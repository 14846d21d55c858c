using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval;

public sealed class NamedDocumentRetrieverTests
{
    [Fact]
    public async Task The_document_that_the_query_names_comes_first()
    {
        var found = await new NamedDocumentRetriever(new ScriptedRetriever(
            Hit("filings/OTHER_2021_10K.pdf", 3), Hit("filings/ACME_2020_10K.pdf", 2.9), Hit("filings/ACME_2021_10K.pdf", 2.8))).RetrieveAsync(new("What did Acme earn in 2021?"), 10);

        Assert.Equal(["filings/ACME_2021_10K.pdf#0", "filings/OTHER_2021_10K.pdf#0", "filings/ACME_2020_10K.pdf#0"], found.Select(f => f.Chunk.Id));
    }

    [Theory]
    [InlineData("the annual report", "a", "b")]
    [InlineData("the handbook for clerks", "b", "a")]
    public async Task Titles_are_names_too(string query, string first, string second)
    {
        var found = await new NamedDocumentRetriever(new ScriptedRetriever(Hit("a", 1, "Annual report"), Hit("b", 1, "Handbook for clerks"))).RetrieveAsync(new(query), 10);

        Assert.Equal([$"{first}#0", $"{second}#0"], found.Select(f => f.Chunk.Id));
        Assert.True(found[0].Score > found[1].Score);
    }

    [Fact]
    public async Task Names_that_all_documents_share_and_the_name_of_the_only_one_change_no_order()
    {
        ScoredChunk[] hits = [Hit("acme/a", 3), Hit("acme/b", 2)];

        var both = await new NamedDocumentRetriever(new ScriptedRetriever(hits)).RetrieveAsync(new("acme"), 10);
        var one = await new NamedDocumentRetriever(new ScriptedRetriever(hits[0])).RetrieveAsync(new("acme"), 10);

        Assert.Equal(hits.Select(h => h.Chunk.Id), both.Select(f => f.Chunk.Id));
        Assert.Equal(hits[0], Assert.Single(one));
    }

    [Fact]
    public async Task It_looks_at_more_candidates_than_it_is_asked_for()
    {
        ScoredChunk[] hits = [.. Enumerable.Range(0, 40).Select(i => Hit($"other{i}", 5 - (i * 0.01))), Hit("acme", 4)];

        var found = await new NamedDocumentRetriever(new ScriptedRetriever(hits)).RetrieveAsync(new("acme"), 1);

        Assert.Equal("acme#0", Assert.Single(found).Chunk.Id);
    }

    [Fact]
    public async Task An_explained_score_is_the_sum_of_its_terms()
    {
        var hit = Hit("acme", 1) with { Terms = [new("earn", 1, 1, 1)] };

        var found = await new NamedDocumentRetriever(new ScriptedRetriever(hit, Hit("other", 1))).RetrieveAsync(new("acme") { Explain = true }, 1);

        Assert.Equal(["earn", "acm (name of the document)"], found[0].Terms.Select(t => t.Term));
        Assert.Equal(found[0].Score, found[0].Terms.Sum(t => t.Score), 5);
    }

    private static ScoredChunk Hit(string document, double score, string title = "") => new(new($"{document}#0", document, "text", new(0, 4)) { Title = title, Language = "en" }, score);
}
