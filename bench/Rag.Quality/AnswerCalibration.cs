using System.Globalization;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Reports;
using Rag.Generation;

namespace Rag.Quality;

/// <summary>SQuAD 2.0, each question with its paragraph and with all paragraphs: are answers right as often as they claim? The last is the drawing.</summary>
internal static class AnswerCalibration
{
    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var articles = await SquadFile.ReadAsync(Path.Combine(data, "qa-squad2", "dev-v2.0.part.json"));
        var extractive = new ExtractiveAnswerGenerator(new() { MinConfidence = 0 }); // what would be kept back is judged too
        List<(double, bool)> all = [];
        foreach (var scope in new[] { ReadingScope.Paragraph, ReadingScope.Corpus })
        {
            var reading = await ReadingEvaluation.OfAsync(articles, scope, retriever => new RagPipeline(retriever, extractive), int.MaxValue, TimeProvider.System);
            var answers = reading.Answers.Select(a => (a.Answer.Confidence ?? 0, a.IsRight)).ToList();
            all.AddRange(answers);
            var calibration = Calibration.Of(answers);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"calibration, {scope}: error {calibration.Error:F3}; without abstaining the first quote holds an answer in {reading.CitedSentenceAccuracy:F4} of the answerable questions"));
            foreach (var group in calibration.Groups)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {group.Confidence:F2} | {group.Right:F2} | {group.Answers} |"));
            }
        }

        await output.WriteAsync(CalibrationPlot.Of(Calibration.Of(all)));
    }
}
