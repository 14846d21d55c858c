using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools;
using Rag.Analysis;
using Rag.Retrieval;

namespace Rag.Agents.Tests.Tools;

/// <summary>What <c>Search</c> and <c>Lookup</c> reach over HotpotQA, among the ten paragraphs of each question and among those of all questions; no model takes part.</summary>
public sealed partial class HotpotPagesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Searching_the_supporting_pages_reaches_the_answer(bool amongAll)
    {
        var questions = HotpotQuestion.Read();
        var reached = 0;
        foreach (var (question, tools) in await WithToolsAsync(questions, amongAll, nearest: false))
        {
            var run = Calls.Run();
            foreach (var title in question.Supporting)
            {
                await tools.Named("Search").CallAsync(run, ("entity", title));
                await tools.Named("Lookup").CallAsync(run, ("keyword", question.Answer));
            }

            reached += question.Answer is "yes" or "no" ? AreOpened(question.Supporting, run)
                : run.Passages.Any(p => p.Chunk.Text.Contains(question.Answer, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
        }

        output.WriteLine($"{reached} of {questions.Count}");
        Assert.InRange(reached, 48, questions.Count);
    }

    [Theory]
    [InlineData(true, 44)]
    [InlineData(false, 46)]
    public async Task Three_searches_for_the_nearest_page_find_both_supporting_pages(bool amongAll, int least)
    {
        var questions = HotpotQuestion.Read();
        int[] found = [0, 0, 0];
        foreach (var (question, tools) in await WithToolsAsync(questions, amongAll, nearest: true))
        {
            var run = Calls.Run();
            List<string> read = [];
            for (var i = 0; i < found.Length; i++)
            {
                read.Add(Page(await tools.Named("Search").CallAsync(run, ("entity", Next(question.Question, read)))));
                found[i] += AreOpened(question.Supporting, run);
            }
        }

        output.WriteLine($"{string.Join(", ", found.Skip(1).Select((n, i) => $"{n} of {questions.Count} within {i + 2} searches"))}");
        Assert.InRange(found[^1], least, questions.Count);
    }

    /// <summary>
    /// What to search for next, given the question and what has been read: the question; then what of it the first page does not say, with the names that the page adds (the bridge to
    /// the other page); then the question again, with what of it no page has said counted twice.
    /// </summary>
    private static string Next(string question, List<string> read) => read.Count switch
    {
        0 => question,
        1 => $"{Unsaid(question, read)} {NewNames(question, read[0])}",
        _ => $"{question} {Unsaid(question, read)}",
    };

    private static string Unsaid(string question, List<string> read)
    {
        var said = read.SelectMany(page => Analyzers.For("en").Terms(page)).Select(t => t.Text).ToHashSet();
        return string.Join(' ', Analyzers.For("en").Terms(question).Where(t => !said.Contains(t.Text)).Select(t => t.Span.Of(question)));
    }

    private static string NewNames(string question, string page)
    {
        var asked = AnyWord().Matches(question).Select(m => m.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return string.Join(' ', CapitalWord().Matches(page).Select(m => m.Value).Distinct().Where(w => !asked.Contains(w)));
    }

    // Without the sentence that says what was not found.
    private static string Page(string observation) => observation.Split("]. Nearest: ", 2)[^1];

    private static int AreOpened(IReadOnlyList<string> titles, AgentContext run) => titles.All(title => run.Passages.Any(p => p.Chunk.DocumentId == title)) ? 1 : 0;

    private static async Task<IReadOnlyList<(HotpotQuestion Question, IReadOnlyList<AIFunction> Tools)>> WithToolsAsync(IReadOnlyList<HotpotQuestion> questions, bool amongAll, bool nearest)
    {
        var shared = amongAll ? await ToolsAsync(questions.SelectMany(q => q.Paragraphs), nearest) : [];
        var each = new List<(HotpotQuestion, IReadOnlyList<AIFunction>)>();
        foreach (var question in questions)
        {
            each.Add((question, amongAll ? shared : await ToolsAsync(question.Paragraphs, nearest)));
        }

        return each;
    }

    private static async Task<IReadOnlyList<AIFunction>> ToolsAsync(IEnumerable<(string Title, string Text)> paragraphs, bool nearest)
    {
        var store = await HotpotQuestion.StoreAsync(paragraphs);
        return PageTools.Create(store, new DefaultRetriever(store), new Query(""), nearest);
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex AnyWord();

    [GeneratedRegex(@"\b\p{Lu}\w+")]
    private static partial Regex CapitalWord();
}
