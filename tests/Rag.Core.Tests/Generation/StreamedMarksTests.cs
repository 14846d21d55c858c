using System.Text.RegularExpressions;
using Rag.Citations;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

/// <summary>What is shown of an answer while it is written, however it is cut into pieces.</summary>
public sealed partial class StreamedMarksTests
{
    private static readonly IReadOnlyList<Passage> Sources = Passages.Of(
        "The ferry leaves at noon. It carries 40 cars. See args[0] for more.",
        "The harbour has two cranes. They were built in 1961.");

    private static readonly string[] Pieces =
    [
        "The ferry leaves at noon.", "It carries 40 cars.", "It carries 50 cars.", "The harbour has two cranes.", "They were built in 1961.", "See args[0] for more.", "Nothing of this.",
        " [1]", " [2]", "[1]", "[2]", "[1, 2]", "[9]", "[[2]]", " ", " ", "\n", "[", "[1", "]", "The U.S.", "e.g.", "Dr.", "1.", "- ", "A", "[0]", "[1][2]", "[1[2]3]", "[[1]2]", "(", ")", "\"", "\n\n", "It carries 40 cars. The harbour",
    ];

    [Theory]
    [InlineData("The ferry leaves at noon. [1] It carries 40 cars. [1]", "The ferry leaves at noon.| [1]| It carries 40 cars.| [1]")]
    [InlineData("It carries 50 cars. [1] The harbour has two cranes. [2]", "It carries 50 cars.| The harbour has two cranes.| [2]")]
    [InlineData("The ferry leaves at noon [2]. It carries 40 cars. [7][1]", "The ferry leaves at noon|. [1]| It carries 40 cars.| [1]")]
    public async Task Mark_is_shown_when_its_sentence_has_ended_and_only_where_it_is_backed(string written, string shown)
    {
        var pieces = await ShownAsync([.. written.Select(c => c.ToString())]);

        Assert.Equal(shown.Replace("|", "", StringComparison.Ordinal), string.Concat(pieces));
        Assert.All(shown.Split('|').Where(part => Mark().IsMatch(part)), part => Assert.Contains(pieces, piece => piece.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_mark_is_shown_that_the_answer_lacks_and_the_words_do_not_depend_on_the_pieces()
    {
        var random = new Random(4);
        for (var round = 0; round < 1000; round++)
        {
            var written = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)] + (random.Next(2) == 0 ? " " : "")));
            var cut = Cut(written, random).ToList();
            var generator = new ScriptedAnswerGenerator([.. cut.Select(piece => new AnswerUpdate.Words(piece))]);

            var updates = await new RagPipeline(ScriptedRetriever.Finding(Sources), generator).AskStreamingAsync("?").ToListAsync();

            var shown = string.Concat(updates.OfType<AnswerUpdate.Words>().Select(w => w.Text));
            var answer = Assert.IsType<AnswerUpdate.Completed>(updates[^1]).Answer;
            var whole = string.Concat(await ShownAsync([written]));
            Assert.True(Letters(whole) == Letters(shown), $"'{shown}' for '{whole}', written '{string.Join('|', cut)}'");
            var marks = answer.Citations.Select(c => $"[{c.Number}]").ToList();
            Assert.All(Mark().Matches(shown).Select(m => m.Value).Where(mark => mark != "[0]").GroupBy(mark => mark), mark => Assert.True(
                mark.Count() <= marks.Count(m => m == mark.Key) + (answer.Abstained ? 0 : Mark().Matches(answer.Text).Count(m => m.Value == mark.Key && !marks.Contains(mark.Key))),
                $"{mark.Key} of '{shown}' is not in '{answer.Text}', written '{written}'"));
        }
    }

    private static async Task<IReadOnlyList<string>> ShownAsync(IReadOnlyList<string> pieces)
    {
        var generator = new ScriptedAnswerGenerator([.. pieces.Select(piece => new AnswerUpdate.Words(piece))]);
        var updates = await new RagPipeline(ScriptedRetriever.Finding(Sources), generator, new CitationVerifier()).AskStreamingAsync("?").ToListAsync();
        return [.. updates.OfType<AnswerUpdate.Words>().Select(w => w.Text)];
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));

    private static IEnumerable<string> Cut(string text, Random random)
    {
        for (var from = 0; from < text.Length;)
        {
            var to = Math.Min(text.Length, from + random.Next(1, 9));
            yield return text[from..to];
            from = to;
        }
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Mark();
}
