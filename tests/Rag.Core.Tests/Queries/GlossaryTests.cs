using Rag.Queries;
using Rag.Testing;

namespace Rag.Core.Tests.Queries;

public sealed class GlossaryTests
{
    private const string Text = """
        # names
        k8s, kubernetes

        laptop, notebooks => portable computer
        sick leave, sickness absence
        """;

    [Theory]
    [InlineData("How do I restart K8s?", "How do I restart kubernetes?")]
    [InlineData("Kubernetes upgrade", "k8s upgrade")]
    [InlineData("Which laptops are there?", "Which portable computer are there?")]
    [InlineData("my notebook", "my portable computer")]
    [InlineData("days of sick leave in k8s", "days of sickness absence in k8s|days of sick leave in kubernetes")]
    [InlineData("a portable computer", "")]
    [InlineData("sick of leaving early", "")]
    [InlineData("", "")]
    public void Variants_have_each_expression_replaced(string text, string expected) =>
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), Glossary.Parse(Text).Variants(text));

    [Theory]
    [InlineData("a1, b1\nalone", 2)]
    [InlineData("a1 =>", 1)]
    [InlineData("a1, , b1", 1)]
    [InlineData("the, b1", 1)]
    public void A_line_that_says_nothing_is_refused_with_its_number(string text, int line)
    {
        var e = Assert.Throws<FormatException>(() => Glossary.Parse(text));

        Assert.Contains($"Line {line} ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_asked_in_both_words_and_first_in_its_own()
    {
        var query = new Query("k8s laptop") { Tenant = "t", Groups = ["g"], Filter = Filter.Equal("lang", "en") };

        var queries = await new GlossaryTransformer(Glossary.Parse(Text)).TransformAsync(query);

        Assert.Equal([query, query with { Text = "kubernetes laptop" }, query with { Text = "k8s portable computer" }], queries);
    }

    [Fact]
    public async Task Many_synonyms_do_not_become_many_searches()
    {
        var glossary = Glossary.Parse(string.Join(", ", Enumerable.Range(0, 50).Select(i => $"word{i}")));

        Assert.Equal(8, (await new GlossaryTransformer(glossary).TransformAsync(new(string.Join(' ', Enumerable.Range(0, 50).Select(i => $"word{i}"))))).Count);
    }

    [Fact]
    public async Task Documents_that_use_the_other_word_are_found()
    {
        await using var store = new InMemoryChunkStore();
        foreach (var (id, text) in new[] { ("a", "Restart the kubernetes cluster at night."), ("b", "Nothing about clusters.") })
        {
            var document = new Document(id, "", text, []);
            await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, text.Length)))]);
        }

        var found = await new Rag.Retrieval.TransformingRetriever(new Rag.Retrieval.KeywordRetriever(store), new GlossaryTransformer(Glossary.Parse(Text))).RetrieveAsync(new("k8s"), 5);

        Assert.Equal(["a"], found.Select(f => f.Chunk.DocumentId));
    }
}
