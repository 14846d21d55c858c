using System.Text.Json;
using Rag.Analysis;
using Rag.Testing;

namespace Rag.Core.Tests.Analysis;

/// <summary>
/// Sentence splitting against Pragmatic Segmenter's cases. White space is not compared: line breaks inside a sentence stay in our spans.
/// </summary>
public sealed class SentenceGoldenTests(ITestOutputHelper output)
{
    // floors are what is reached; 13 texts of the English file are rewritten by the original and cannot be reached by spans
    [Theory]
    [InlineData("english", "en", "golden rules", 49)]
    [InlineData("english", "en", null, 159)]
    [InlineData("spanish", "es", null, 35)]
    [InlineData("japanese", "ja", null, 9)]
    public void Split_reaches_the_golden_rules(string file, string language, string? group, int floor)
    {
        var cases = JsonSerializer.Deserialize<List<Case>>(File.ReadAllText(SharedData.Require($"vectors-sentence-golden/{file}.json")), JsonSerializerOptions.Web)!;
        var chosen = cases.Where(c => group is null || c.Group == group).ToList();

        var wrong = chosen.Where(c => !Split(c.Text, language).SequenceEqual(c.Sentences.Select(Squeeze))).ToList();

        foreach (var (text, sentences, _, note) in wrong)
        {
            var got = Split(text, language).ToList();
            output.WriteLine($"{note}: wanted {string.Join(" | ", sentences.Where(s => !got.Contains(Squeeze(s))))}\n  got {string.Join(" | ", got.Except(sentences.Select(Squeeze)))}");
        }

        output.WriteLine($"{chosen.Count - wrong.Count} of {chosen.Count} ({100.0 * (chosen.Count - wrong.Count) / chosen.Count:F1} %)");
        Assert.True(chosen.Count - wrong.Count >= floor, $"{chosen.Count - wrong.Count} of {chosen.Count}, floor {floor}");
    }

    private static IEnumerable<string> Split(string text, string language) =>
        SentenceSegmenter.Split(text, new(0, text.Length), language).Select(span => Squeeze(span.Of(text)));

    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private sealed record Case(string Text, List<string> Sentences, string Group, string Note);
}
