using System.Globalization;
using Rag.Citations;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Quality;

/// <summary>Answers that no honest generator would write, with every setting of the verifier and with judges that say anything: each citation that leaves must stand in its source, and nothing may be thrown.</summary>
internal static class AnswerFuzz
{
    // one in so many goes through the pipeline, character by character
    private const int Streamed = 20;

    public static async Task MeasureAsync(int count, int seed, TextWriter output)
    {
        var (random, answers) = (new Random(seed), new HostileAnswers(seed));
        var (abstained, citations, judged) = (0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var passages = answers.NextPassages();
            var judge = random.Next(4) == 0 ? new ScriptedJudge(_ => random.Next(11) / 10.0) : null;
            var verifier = new CitationVerifier(new() { Unsupported = (UnsupportedSentences)random.Next(4), MinSupport = random.Next(1, 11) / 10.0 }, judge);
            var text = answers.Next(passages);
            try
            {
                var answer = i % Streamed == 0 && passages.Count > 0
                    ? await new RagPipeline(ScriptedRetriever.Finding(passages), Pieces(text), verifier).AskAsync("?")
                    : await verifier.VerifyAsync("?", text, passages);
                AnswerContract.Check(answer, byWords: judge is null);
                abstained += answer.Abstained ? 1 : 0;
                citations += answer.Citations.Count;
                judged += judge is null ? 0 : 1;
            }
            catch (Exception e)
            {
                await output.WriteLineAsync($"answer {i} of seed {seed}: {e.Message}\n{text}");
                throw;
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"fuzz: {count} answers, {judged} of them with a judge, {count / Streamed} streamed: {citations} citations, all of which stand in their sources; {abstained} abstentions; nothing thrown"));
    }

    private static ScriptedAnswerGenerator Pieces(string text) => new([.. text.Select(c => new AnswerUpdate.Words($"{c}"))]);
}
