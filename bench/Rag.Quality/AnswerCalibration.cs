using System.Globalization;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Reports;
using Rag.Generation;

namespace Rag.Quality;

/// <summary>
/// SQuAD 2.0, each question with its paragraph and with all paragraphs: are answers right as often as they claim? First those without a model, whose drawing is the last that is written; then
/// those of writers that do not say how sure they are.
/// </summary>
internal static class AnswerCalibration
{
    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var articles = await SquadFile.ReadAsync(Path.Combine(data, "qa-squad2", "dev-v2.0.part.json"));
        var extractive = new ExtractiveAnswerGenerator(new() { MinConfidence = 0 }); // what would be kept back is judged too
        var all = new List<(double, bool)>();
        foreach (var scope in new[] { ReadingScope.Paragraph, ReadingScope.Corpus })
        {
            all.AddRange(await MeasureAsync("without a model", extractive, articles, scope, output));
            await MeasureAsync("an obliging writer", ModelLikeWriters.Obliging(articles), articles, scope, output);
            await MeasureAsync("a careless writer", ModelLikeWriters.Careless(), articles, scope, output);
        }

        await output.WriteAsync(CalibrationPlot.Of(Calibration.Of(all)));
    }

    private static async Task<IReadOnlyList<(double, bool)>> MeasureAsync(string name, IAnswerGenerator generator, IReadOnlyList<SquadArticle> articles, ReadingScope scope, TextWriter output)
    {
        var reading = await ReadingEvaluation.OfAsync(articles, scope, retriever => new RagPipeline(retriever, generator), int.MaxValue, TimeProvider.System);
        var answers = reading.Answers.Select(a => (a.Answer.Confidence ?? 0, a.IsRight)).ToList();
        var calibration = Calibration.Of(answers);
        var right = Abstention.Of([.. answers.Select(a => new JudgedSilence(a.IsRight, false, a.Item1))]);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"calibration, {name}, {scope}: error {calibration.Error:F3}; AUROC of right answers {right.Auroc:F3}, of questions with an answer {reading.Abstention.Auroc:F3}; the first quote holds an answer in {reading.CitedSentenceAccuracy:F4} of those"));
        foreach (var group in calibration.Groups)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {group.Confidence:F2} | {group.Right:F2} | {group.Answers} |"));
        }

        return answers;
    }
}
