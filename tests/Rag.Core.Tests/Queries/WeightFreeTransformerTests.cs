using Microsoft.Extensions.AI;
using Rag.Queries;

namespace Rag.Core.Tests.Queries;

public sealed class WeightFreeTransformerTests
{
    [Theory]
    [InlineData("And on Windows?", "And on Windows (ledger installed Linux)?")]
    [InlineData("Why?", "Why (ledger installed Linux)?")]
    [InlineData("Does it run as a service on every machine?", "Does it run as a service on every machine (Debian ledger installed Linux)?")]
    [InlineData("How are reports exported?", "How are reports exported?")]
    [InlineData("And how is ledger installed?", "And how is ledger installed (Linux)?")]
    public async Task A_follow_up_gets_the_words_it_leaves_out(string question, string expected)
    {
        var query = new Query(question) { History = [new(ChatRole.User, "How is ledger installed on Linux?"), new(ChatRole.Assistant, "With the package of Debian. [1]")] };

        Assert.Equal(expected, Assert.Single(await new FollowUpTransformer().TransformAsync(query)).Text);
    }

    [Fact]
    public async Task Words_are_carried_from_the_last_question_that_stood_alone()
    {
        ChatMessage[] history = [Asked("What do invoices cost?"), Asked("How is ledger installed on Linux?"), Asked("And on Windows?")];

        Assert.Equal("And as root (Windows ledger installed Linux)?", Assert.Single(await new FollowUpTransformer().TransformAsync(new("And as root?") { History = history })).Text);
    }

    [Fact]
    public async Task A_pronoun_gets_the_name_that_the_answer_gave()
    {
        ChatMessage[] history = [Asked("Who wrote the play Faust?"), new(ChatRole.Assistant, "Goethe wrote it over sixty years. [1]")];

        Assert.Equal("When was he born (Goethe wrote play Faust)?", Assert.Single(await new FollowUpTransformer().TransformAsync(new("When was he born?") { History = history })).Text);
    }

    [Fact]
    public async Task A_long_conversation_adds_few_words()
    {
        ChatMessage[] history = [.. Enumerable.Range(0, 50).Select(i => Asked($"And word{i} it?"))];

        var made = Assert.Single(await new FollowUpTransformer().TransformAsync(new("And it?") { History = history }));

        Assert.Equal(12, made.Text.Split("word").Length - 1);
        Assert.Contains("word49", made.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Who founded Acme and when did it go public?", "Who founded Acme|when did it go public (founded Acme)?")]
    [InlineData("What is a journal? What is a ledger?", "What is a journal?|What is a ledger (journal)?")]
    [InlineData("How are journals posted, and which reports show them after closing?", "How are journals posted|which reports show them after closing (journals posted)?")]
    [InlineData("Was kostet Ledger und wie wird es installiert?", "Was kostet Ledger|wie wird es installiert (kostet Ledger)?")]
    [InlineData("How do I import and export journals?", "")]
    [InlineData("What does https://example.org/?a=1 say?", "")]
    [InlineData("Why?? How?", "")]
    public async Task A_question_of_several_parts_is_taken_apart(string question, string parts)
    {
        var made = await new SplittingTransformer().TransformAsync(new(question));

        Assert.Equal([question, .. parts.Split('|', StringSplitOptions.RemoveEmptyEntries)], made.Select(q => q.Text));
    }

    [Fact]
    public async Task A_chain_works_on_the_first_query_and_keeps_the_rest()
    {
        var chain = new QueryTransformerChain(
            new FollowUpTransformer(), new NamedValueTransformer([new("system") { Values = ["Linux"] }]), new SplittingTransformer());

        var made = await chain.TransformAsync(new("And where is it logged, and which files does it use?") { History = [Asked("How is ledger run on Linux?")] });

        Assert.Equal(3, made.Count);
        Assert.StartsWith("And where is it logged, and which files does it use (ledger run Linux)?", made[0].Text, StringComparison.Ordinal);
        Assert.All(made, q => Assert.Equal("system", Assert.IsType<Filter.In>(Assert.IsType<Filter.And>(q.Filter).Parts[1]).Field));
    }

    private static ChatMessage Asked(string text) => new(ChatRole.User, text);
}
