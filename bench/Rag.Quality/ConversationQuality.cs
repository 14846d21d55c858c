using System.Globalization;
using System.Text.Json;
using Rag.Conversations;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Measures;
using Rag.Evaluation.Statistics;
using Rag.Generation;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Sqlite;

namespace Rag.Quality;

/// <summary>
/// MTRAG-UN, the last question of each conversation asked of the passages of all: are its own found, is one of them cited, and does confidence tell
/// what can be answered from what cannot? With the question alone, and read together with what was said before it.
/// </summary>
internal static class ConversationQuality
{
    private const int Top = 10;

    private static readonly (string Name, IQueryTransformer? Transformer)[] Readings =
    [
        ("the question alone", null),
        ("all questions before it added", new AllQuestions()),
        ("`FollowUpTransformer`", new FollowUpTransformer()),
    ];

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var tasks = File.ReadLines(Path.Combine(data, "qa-mtrag-un", "reference.part.jsonl")).Select(AskedTask.Read).ToList();
        await using var store = await SqliteChunkStore.OpenAsync(":memory:");
        var passages = tasks.SelectMany(t => t.Contexts).Distinct().Select((text, i) => (text, Id: $"p{i}")).ToDictionary(p => p.text, p => p.Id);
        foreach (var (text, id) in passages)
        {
            var document = new Document(id, "", text, []) { Language = "en" };
            await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, text.Length)))]);
        }

        var readings = new List<(string Name, List<Outcome> Outcomes)>();
        foreach (var (name, transformer) in Readings)
        {
            var options = new RagPipelineOptions { Top = Top, Budget = new() { MaxPassageTokens = int.MaxValue } };
            var extractive = new ExtractiveAnswerGenerator(new() { MinConfidence = 0 }); // what would be kept back is judged too
            var pipeline = new RagPipeline(new DefaultRetriever(store), extractive, options: options, transformer: transformer);
            List<Outcome> outcomes = [];
            foreach (var task in tasks)
            {
                outcomes.Add(await AskAsync(pipeline, task, passages));
            }

            readings.Add((name, outcomes));
        }

        var leaning = readings[^1].Outcomes.Select(o => o.Answer.Searched != o.Answer.Question).ToList();
        await output.WriteLineAsync(
            $"conversations: {tasks.Count} tasks, {passages.Count} passages; {tasks.Count(t => t.Said.Count > 0)} are follow-ups, {leaning.Count(l => l)} of them lean on what was said before, as FollowUpTransformer sees it");
        await WriteAsync(output, "all with passages", tasks, readings, i => tasks[i].Contexts.Count > 0);
        await WriteAsync(output, "those that lean", tasks, readings, i => tasks[i].Contexts.Count > 0 && leaning[i]);
        await WriteAsync(output, "follow-ups that do not", tasks, readings, i => tasks[i].Contexts.Count > 0 && tasks[i].Said.Count > 0 && !leaning[i]);
        await output.WriteLineAsync("\nAUROC, confidence of answerable against unanswerable: " + string.Join(
            ", ", readings.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Name} {Auroc(tasks, r.Outcomes):0.000}"))));
    }

    private static async Task<Outcome> AskAsync(RagPipeline pipeline, AskedTask task, Dictionary<string, string> passages)
    {
        var sessions = new InMemorySessionStore();
        foreach (var (question, answer) in task.Said)
        {
            var session = await sessions.GetAsync("s");
            await sessions.AddTurnAsync(session, session.Turns.Count, new(question, answer));
        }

        var turn = await new ConversationPipeline(pipeline, sessions).AskAsync("s", new(task.Question));
        var own = task.Contexts.Select(c => passages[c]).Distinct().ToDictionary(id => id, _ => 1);
        var ranking = JudgedRanking.Of([.. turn.Answer.Passages.Select(p => p.Chunk.DocumentId)], own);
        return new(turn.Answer, CumulativeGain.Normalized(ranking, Top), Precision.RecallAt(ranking, 5), turn.Answer.Citations is [var first, ..] && own.ContainsKey(first.Chunk.DocumentId) ? 1 : 0);
    }

    private static async Task WriteAsync(TextWriter output, string which, List<AskedTask> tasks, List<(string Name, List<Outcome> Outcomes)> readings, Func<int, bool> counts)
    {
        var chosen = Enumerable.Range(0, tasks.Count).Where(counts).ToList();
        await output.WriteLineAsync($"\n| {which}: {chosen.Count} tasks | nDCG@10 | beside the question alone | recall@5 | its own passage is cited first |");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|");
        foreach (var (name, outcomes) in readings)
        {
            var interval = BootstrapInterval.OfMean([.. chosen.Select(i => outcomes[i].Gain - readings[0].Outcomes[i].Gain)]);
            var p = RandomisationTest.P([.. chosen.Select(i => outcomes[i].Gain)], [.. chosen.Select(i => readings[0].Outcomes[i].Gain)]);
            var gain = name == readings[0].Name ? "" : string.Create(CultureInfo.InvariantCulture, $"{interval.Mean:+0.000;-0.000} [{interval.Low:+0.000;-0.000}, {interval.High:+0.000;-0.000}], p {p:0.000}");
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {chosen.Average(i => outcomes[i].Gain):0.000} | {gain} | {chosen.Average(i => outcomes[i].Recall):0.000} | {chosen.Average(i => outcomes[i].Cited):0.000} |"));
        }
    }

    private static double? Auroc(List<AskedTask> tasks, List<Outcome> outcomes) => Abstention.Of(
    [
        .. tasks.Zip(outcomes).Where(t => t.First.Answerability is "ANSWERABLE" or "UNANSWERABLE").Select(t => JudgedSilence.Of(t.First.Answerability == "ANSWERABLE", t.Second.Answer)),
    ]).Auroc;

    private sealed record Outcome(Answer Answer, double Gain, double Recall, double Cited);

    private sealed record AskedTask(string Question, IReadOnlyList<(string Question, string Answer)> Said, IReadOnlyList<string> Contexts, string Answerability)
    {
        public static AskedTask Read(string line)
        {
            var json = JsonDocument.Parse(line).RootElement;
            string[] said = [.. json.GetProperty("input").EnumerateArray().Select(turn => turn.GetProperty("text").GetString()!)];
            return new(
                said[^1], [.. said[..^1].Chunk(2).Select(pair => (pair[0], pair[1]))],
                [.. json.GetProperty("contexts").EnumerateArray().Select(c => c.GetProperty("text").GetString()!)], json.GetProperty("answerability")[0].GetString()!);
        }
    }

    private sealed class AllQuestions : IQueryTransformer
    {
        public Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<Query>>(
            [query with { Text = string.Join(' ', query.History.Where(m => m.Role == Microsoft.Extensions.AI.ChatRole.User).Select(m => m.Text).Append(query.Text)), History = [] }]);
    }
}
