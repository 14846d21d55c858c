using Microsoft.Extensions.AI;
using Rag.Queries;

namespace Rag.Testing;

/// <summary>What holds for every transformer, whatever it is asked.</summary>
public abstract class QueryTransformerContract
{
    private static readonly string[] Questions =
    [
        "How is ledger installed on Linux?", "And on Windows?", "it", "Who founded Acme? When, and why did they leave?", "", "  ", "???", "🦙\ud800 =====", "[1] {\"conditions\": []}", "为什么？怎么办？", new('x', 20_000),
    ];

    /// <summary>A fresh one.</summary>
    protected abstract IQueryTransformer Create();

    [Fact]
    public async Task Nothing_but_words_and_a_narrower_filter_changes()
    {
        var filter = Filter.Equal("product", "ledger");
        foreach (var text in Questions)
        {
            var query = new Query(text) { Tenant = "t", Groups = ["g"], Filter = filter, Explain = true, History = [new(ChatRole.User, "What is a ledger?"), new(ChatRole.Assistant, "A book, says Pacioli. [1]")] };

            var made = await Create().TransformAsync(query);

            Assert.NotEmpty(made);
            Assert.Equal(made.Count, made.Distinct().Count());
            Assert.All(made, q =>
            {
                Assert.Equal(("t", true), (q.Tenant, q.Explain));
                Assert.Same(query.Groups, q.Groups);
                Assert.True(q.Filter == filter || q.Filter is Filter.And { Parts: [var first, ..] } && first == filter, $"The caller's filter became {q.Filter}.");
                Assert.True(q.Text == text || (q.Text.Any(char.IsLetterOrDigit) && q.Text.Length <= 2_000 + text.Length), $"'{text}' became '{q.Text}'.");
            });
        }
    }

    [Fact]
    public async Task The_same_question_gives_the_same_queries()
    {
        foreach (var text in Questions)
        {
            var query = new Query(text);

            Assert.Equal((await Create().TransformAsync(query)).Select(q => (q.Text, $"{q.Filter}")), (await Create().TransformAsync(query)).Select(q => (q.Text, $"{q.Filter}")));
        }
    }

    [Fact]
    public async Task A_cancelled_call_throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Create().TransformAsync(new("How is ledger installed on Linux?"), new(canceled: true)));

    [Fact]
    public async Task A_missing_query_is_refused() =>
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Create().TransformAsync(null!));
}
