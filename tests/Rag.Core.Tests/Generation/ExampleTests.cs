using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Generation.Chat;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

public sealed class ExampleTests
{
    private static readonly AnswerExample Ship = Example("When does the ship leave?");
    private static readonly AnswerExample Cat = Example("What does the cat eat?");
    private static readonly AnswerExample Ferry = Example("How long is the ferry?");

    [Fact]
    public void Choose_puts_the_example_with_the_question_s_rare_words_last() =>
        Assert.Equal([Cat, Ship, Ferry], ExampleChoice.Choose("Where is the ferry?", [Ship, Cat, Ferry], "en", 1000));

    [Fact]
    public void Choose_keeps_the_earlier_of_equals_where_only_one_fits()
    {
        var (first, second) = (Example("Ferry one?"), Example("Ferry two?"));

        Assert.Equal([first], ExampleChoice.Choose("Which ferry?", [first, second], "en", 20));
        Assert.Equal([second], ExampleChoice.Choose("Which ferry?", [second, first], "en", 20));
    }

    [Fact]
    public void Choose_leaves_out_what_is_too_long_and_goes_on()
    {
        var long_ = Ferry with { Passages = [new("", string.Join(' ', Enumerable.Repeat("ferry", 200)))] };

        Assert.Equal([Ship], ExampleChoice.Choose("How long is the ferry?", [long_, Ship], "en", 40));
        Assert.Empty(ExampleChoice.Choose("How long is the ferry?", [Ferry], "en", 0));
    }

    [Fact]
    public void Choose_agrees_with_the_plain_formula_on_random_questions()
    {
        string[] words = ["ferry", "harbour", "crane", "bridge", "cat", "tower", "river", "mill"];
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            string Question() => string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Length)]));
            var pool = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Example(Question())).ToList();
            var asked = Question();

            var chosen = ExampleChoice.Choose(asked, pool, language: "xx", 100_000);

            var scores = chosen.Select(e => Score(asked, e, pool)).ToList();
            Assert.Equal(pool.Count, chosen.Count);
            Assert.All(scores.Zip(scores.Skip(1)), pair => Assert.True(pair.First <= pair.Second + 1e-12));
        }
    }

    [Fact]
    public async Task Model_is_shown_the_examples_as_turns_before_the_question()
    {
        var client = new ScriptedChatClient("At noon. [1]");

        await new ChatAnswerGenerator(client).GenerateAsync("When does the ferry leave?", Passages.Of("It leaves at noon."), new() { Examples = [Cat, Ship] }).ToListAsync();

        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User, ChatRole.Assistant, ChatRole.User], client.Messages.Select(m => m.Role));
        Assert.EndsWith("Question: When does the ship leave?", client.Messages[3].Text, StringComparison.Ordinal);
        Assert.Equal(Ship.Answer, client.Messages[4].Text);
    }

    [Fact]
    public async Task ReadAsync_reads_one_example_a_line()
    {
        var read = await ReadAsync("""{"question":"When?","passages":[{"title":"Ferry","text":"At noon."}],"answer":"At noon. [1]"}""" + "\n\n" + """{"question":"Why?","passages":[{"title":"","text":"x"}],"answer":"UNANSWERABLE"}""");

        Assert.Equal(["When?", "Why?"], read.Select(e => e.Question));
        Assert.Equal(new ExamplePassage("Ferry", "At noon."), Assert.Single(read[0].Passages));
    }

    [Theory]
    [InlineData("{", "Line 1 of '")]
    [InlineData("null", "is no example")]
    [InlineData("[]", "is no example")]
    [InlineData("""{"question":"When?","answer":"At noon. [1]"}""", "is no example")]
    [InlineData("""{"question":null,"passages":[{"title":"","text":"x"}],"answer":"At noon. [1]"}""", "is no example")]
    [InlineData("""{"question":" ","passages":[{"title":"","text":"x"}],"answer":"At noon. [1]"}""", "has an empty question")]
    [InlineData("""{"question":"When?","passages":[],"answer":"At noon. [1]"}""", "has no passage")]
    [InlineData("""{"question":"When?","passages":[{"title":"","text":"x"}],"answer":"At noon."}""", "with no mark, and 1 passages")]
    [InlineData("""{"question":"When?","passages":[{"title":"","text":"x"}],"answer":"At noon. [2]"}""", "with the marks 2, and 1 passages")]
    public async Task ReadAsync_says_which_line_is_wrong(string line, string expected) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<FormatException>(() => ReadAsync(line))).Message, StringComparison.Ordinal);

    private static double Score(string asked, AnswerExample example, List<AnswerExample> pool)
    {
        var (a, b) = (asked.Split(' ').ToHashSet(), example.Question.Split(' ').ToHashSet());
        double Weight(string word) => Math.Log(1 + ((double)pool.Count / Math.Max(1, pool.Count(e => e.Question.Split(' ').Contains(word)))));
        return a.Intersect(b).Sum(Weight) / a.Union(b).Sum(Weight);
    }

    private static AnswerExample Example(string question) => new(question, [new("a.md", "It is so.")], "It is so. [1]");

    private static async Task<IReadOnlyList<AnswerExample>> ReadAsync(string text)
    {
        var folder = Directory.CreateTempSubdirectory("rag-examples-");
        try
        {
            var path = Path.Combine(folder.FullName, "examples.jsonl");
            await File.WriteAllTextAsync(path, text);
            return await ExampleFile.ReadAsync(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
