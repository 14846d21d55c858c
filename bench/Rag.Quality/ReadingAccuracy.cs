using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Quality;

/// <summary>SQuAD 2.0, paragraph scope: does the first quote hold a gold answer?</summary>
internal static partial class ReadingAccuracy
{
    public static async Task MeasureAsync(string data, TextWriter output)
    {
        using var squad = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "qa-squad2", "dev-v2.0.part.json")));
        var (answerable, right, abstained, unanswerable, refused) = (0, 0, 0, 0, 0);
        var clock = Stopwatch.StartNew();
        foreach (var paragraph in squad.RootElement.GetProperty("data").EnumerateArray().SelectMany(a => a.GetProperty("paragraphs").EnumerateArray()))
        {
            var text = paragraph.GetProperty("context").GetString()!;
            var pipeline = new RagPipeline(new OnePassage(new("p#0", "p", text, new(0, text.Length)) { Language = "en" }), new ExtractiveAnswerGenerator());
            foreach (var question in paragraph.GetProperty("qas").EnumerateArray())
            {
                var answer = await pipeline.AskAsync(question.GetProperty("question").GetString()!);
                if (question.GetProperty("is_impossible").GetBoolean())
                {
                    unanswerable++;
                    refused += answer.Abstained ? 1 : 0;
                    continue;
                }

                answerable++;
                abstained += answer.Abstained ? 1 : 0;
                var quote = answer.Citations is [var first, ..] ? first.Quote : "";
                right += question.GetProperty("answers").EnumerateArray().Any(a => Holds(quote, a.GetProperty("text").GetString()!)) ? 1 : 0;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"squad, paragraph scope: first quote holds a gold answer in {right} of {answerable} answerable questions = {(double)right / answerable:F3} ({abstained} abstained); {refused} of {unanswerable} unanswerable ones abstained; {clock.Elapsed.TotalMilliseconds / (answerable + unanswerable):F2} ms a question"));
    }

    // As the independent tools count it: whole words after normalising both, or the gold answer letter by letter (for answers that are cut out of a word).
    private static bool Holds(string quote, string gold) =>
        (Words(gold) is { Length: > 2 } words && Words(quote).Contains(words, StringComparison.Ordinal)) || (gold.Length > 0 && quote.Contains(gold, StringComparison.Ordinal));

    // SQuAD's normalisation: lower case, no punctuation, no articles, single spaces; framed by spaces so that only whole words match.
    private static string Words(string text) =>
        $" {string.Join(' ', Articles().Replace(Punctuation().Replace(text.ToLowerInvariant(), ""), " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} ";

    [GeneratedRegex(@"[!-/:-@\[-`{-~]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"\b(a|an|the)\b")]
    private static partial Regex Articles();

    private sealed class OnePassage(Chunk chunk) : IRetriever
    {
        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<ScoredChunk>>([new(chunk, 1)]);
    }
}
