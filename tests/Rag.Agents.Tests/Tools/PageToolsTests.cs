using Microsoft.Extensions.AI;
using Rag.Agents.Tools;

namespace Rag.Agents.Tests.Tools;

public sealed class PageToolsTests
{
    private const string Milhouse = "Milhouse Van Houten is a character. He was created by Matt Groening.\n\nHe was named by Groening after a president. The president was Richard Nixon. Nixon's middle name was Milhous.\n\n"
        + "Pamela Hayden gave him his voice. She was born in 1953.";

    private readonly Library _library = new();

    [Fact]
    public async Task Search_gives_the_first_five_sentences_of_the_page_with_that_title()
    {
        await _library.AddAsync("Milhouse Van Houten", Milhouse);
        var run = Calls.Run();

        var page = await Tools().Named("Search").CallAsync(run, ("entity", "milhouse van-houten"));

        Assert.Equal("Milhouse Van Houten is a character. He was created by Matt Groening. He was named by Groening after a president. The president was Richard Nixon. Nixon's middle name was Milhous.", page);
        Assert.Equal(["milhouse-van-houten.md#0", "milhouse-van-houten.md#1"], run.Passages.Select(p => p.Chunk.Id));
        await _library.AssertVerbatimAsync(run);
    }

    [Fact]
    public async Task Search_lists_five_titles_where_there_is_no_such_page()
    {
        foreach (var name in new[] { "Nixon", "Nixon's Dog", "Pat Nixon", "Nixon Era", "Nixon Tapes", "Nixon in China" })
        {
            await _library.AddAsync(name, $"This is a page. It speaks of {name} and of {string.Concat(Enumerable.Repeat("Nixon ", 7 - name.Length % 7))}.");
        }

        var found = await Tools().Named("Search").CallAsync(null, ("entity", "Richard Nixon"));

        var titles = (await _library.Retriever.RetrieveAsync(new("Richard Nixon"), 5)).Select(c => c.Chunk.Title.Contains('\'') ? $"\"{c.Chunk.Title}\"" : $"'{c.Chunk.Title}'");
        Assert.Equal($"Could not find [Richard Nixon]. Similar: [{string.Join(", ", titles)}].", found);
    }

    [Fact]
    public async Task Lookup_goes_through_the_sentences_that_hold_the_keyword()
    {
        await _library.AddAsync("Milhouse", Milhouse);
        var (run, tools) = (Calls.Run(), Tools());
        await tools.Named("Search").CallAsync(run, ("entity", "Milhouse"));

        Assert.Equal("(Result 1 / 2) The president was Richard Nixon.", await LookAsync("nixon"));
        Assert.Equal("(Result 2 / 2) Nixon's middle name was Milhous.", await LookAsync("nixon"));
        Assert.Equal("(Result 1 / 1) She was born in 1953.", await LookAsync("1953"));
        Assert.Equal("(Result 1 / 2) The president was Richard Nixon.", await LookAsync("nixon"));
        await LookAsync("nixon");
        Assert.Equal("No more results.", await LookAsync("nixon"));
        Assert.Equal("No more results.", await LookAsync("Bart"));
        await _library.AssertVerbatimAsync(run);
        Assert.Contains(run.Passages, p => p.Chunk.Text == "She was born in 1953.");

        Task<string> LookAsync(string keyword) => tools.Named("Lookup").CallAsync(run, ("keyword", keyword));
    }

    [Fact]
    public async Task Lookup_without_a_page_says_what_to_do_and_a_page_lies_open_in_its_own_run_only()
    {
        await _library.AddAsync("Milhouse", Milhouse);
        var tools = Tools();
        await tools.Named("Search").CallAsync(Calls.Run(), ("entity", "Milhouse"));

        Assert.StartsWith("No page is open.", await tools.Named("Lookup").CallAsync(Calls.Run(), ("keyword", "Nixon")));
    }

    [Fact]
    public async Task Nearest_opens_the_page_named_in_full_and_then_the_next()
    {
        await _library.AddAsync("Duke Energy", "It sells power.");
        await _library.AddAsync("Duke Energy Florida", "Is Duke Energy in Florida? Duke Energy based in Florida is.");
        var (run, tools) = (Calls.Run(), Tools(nearest: true));

        var first = await tools.Named("Search").CallAsync(run, ("entity", "Is Duke Energy based in Florida?"));
        var second = await tools.Named("Search").CallAsync(run, ("entity", "Is Duke Energy based in Florida?"));

        Assert.Equal("Could not find [Is Duke Energy based in Florida?]. Nearest: 'Duke Energy'. It sells power.", first);
        Assert.StartsWith("Could not find [Is Duke Energy based in Florida?]. Nearest: 'Duke Energy Florida'.", second);
        Assert.Equal("Could not find [Is Duke Energy based in Florida?]. Similar: ['Duke Energy Florida', 'Duke Energy'].", await tools.Named("Search").CallAsync(run, ("entity", "Is Duke Energy based in Florida?")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_the_scope_hides_is_neither_opened_nor_named(bool nearest)
    {
        await _library.AddAsync("Secret plan", "The secret plan of the board.", d => d with { Groups = ["board"] });
        await _library.AddAsync("Secret plans", "The secret plan of another firm.", d => d with { Tenant = "other" });
        await _library.AddAsync("Secret draft", "The secret plan in draft.", d => d with { Tags = new Dictionary<string, string> { ["kind"] = "draft" } });
        var search = PageTools.Create(_library.Store, _library.Retriever, new Query("secret") { Filter = new Filter.Not(Filter.Equal("kind", "draft")) }, nearest).Named("Search");

        foreach (var entity in new[] { "Secret plan", "Secret plans", "Secret draft", "secret-plan.md" })
        {
            Assert.Equal($"Could not find [{entity}]. Similar: [].", await search.CallAsync(null, ("entity", entity)));
        }
    }

    private IReadOnlyList<AIFunction> Tools(bool nearest = false) => PageTools.Create(_library.Store, _library.Retriever, new Query(""), nearest);
}
