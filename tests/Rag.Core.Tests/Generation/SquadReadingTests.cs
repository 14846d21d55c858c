using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

/// <summary>Reading comprehension on SQuAD 2.0: does the first quoted sentence hold a gold answer, when the passage is the question's paragraph?</summary>
public sealed partial class SquadReadingTests
{
    [Fact]
    public async Task GenerateAsync_quotes_a_sentence_with_a_gold_answer_for_86_of_100_answerable_questions()
    {
        var (asked, right) = (0, 0);
        foreach (var (paragraph, question, golds) in Answerable(SharedData.Require("qa-squad2/dev-v2.0.part.json")))
        {
            var words = await new ExtractiveAnswerGenerator().GenerateAsync(question, Passages.Of(paragraph)).OfType<AnswerUpdate.Words>().FirstOrDefaultAsync();
            asked++;
            right += words is not null && golds.Any(gold => Holds(words.Text, gold)) ? 1 : 0;
        }

        Assert.Equal(1546, asked);
        Assert.True(right >= 0.86 * asked, $"{right} of {asked} first sentences hold a gold answer.");
    }

    private static IEnumerable<(string Paragraph, string Question, IReadOnlyList<string> Golds)> Answerable(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var paragraph in json.RootElement.GetProperty("data").EnumerateArray().SelectMany(article => article.GetProperty("paragraphs").EnumerateArray()))
        {
            foreach (var question in paragraph.GetProperty("qas").EnumerateArray().Where(q => !q.GetProperty("is_impossible").GetBoolean()))
            {
                yield return (
                    paragraph.GetProperty("context").GetString()!,
                    question.GetProperty("question").GetString()!,
                    [.. question.GetProperty("answers").EnumerateArray().Select(a => a.GetProperty("text").GetString()!)]);
            }
        }
    }

    private static bool Holds(string sentence, string gold) =>
        sentence.Contains(gold, StringComparison.Ordinal) || (Normalise(gold).Length > 2 && Normalise(sentence).Contains(Normalise(gold), StringComparison.Ordinal));

    /// <summary>SQuAD's normalisation: lower case, no ASCII punctuation, no articles, single blanks; here with a blank at both ends.</summary>
    private static string Normalise(string text) =>
        $" {string.Join(' ', Article().Replace(Punctuation().Replace(text.ToLowerInvariant(), ""), " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} ";

    [GeneratedRegex(@"[!-/:-@\[-`{-~]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"\b(?:a|an|the)\b")]
    private static partial Regex Article();
}
