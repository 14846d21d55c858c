using System.Text.Json;
using Rag.Evaluation.Collections;

namespace Rag.Quality.Collections;

/// <summary>Sets for reading comprehension, as retrieval: find the passage that a question was asked about among the passages of all questions.</summary>
internal static class ReadingPassages
{
    /// <summary>SQuAD's layout: paragraphs under the title of their article. Questions without an answer are left out.</summary>
    public static ClassicCollection ReadSquad(string data, string folder)
    {
        List<CollectionDocument> documents = [];
        List<(string Question, string[] Passages)> questions = [];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(data, folder), "*.json").Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var article in json.RootElement.GetProperty("data").EnumerateArray())
            {
                foreach (var paragraph in article.GetProperty("paragraphs").EnumerateArray())
                {
                    var id = $"p{documents.Count + 1}";
                    documents.Add(new(id, article.GetProperty("title").GetString()!.Replace('_', ' '), paragraph.GetProperty("context").GetString()!));
                    questions.AddRange(paragraph.GetProperty("qas").EnumerateArray().Where(q => q.GetProperty("answers").GetArrayLength() > 0).Select(q => (q.GetProperty("question").GetString()!, new[] { id })));
                }
            }
        }

        return Judged(documents, questions);
    }

    /// <summary>CLAPNQ: one passage of Wikipedia for each question; the passages of questions without an answer stand among them.</summary>
    public static ClassicCollection ReadClapNq(string data)
    {
        List<(string Question, string[] Passages)> questions = [];
        Dictionary<(string Title, string Text), string> passages = [];
        foreach (var (file, answerable) in new[] { ("clapnq_dev_answerable.jsonl", true), ("clapnq_dev_unanswerable.jsonl", false) })
        {
            foreach (var entry in File.ReadLines(Path.Combine(data, "qa-clapnq", file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line)))
            {
                string[] ids = [.. entry.GetProperty("passages").EnumerateArray().Select(p => Id(passages, p.GetProperty("title").GetString()!, p.GetProperty("text").GetString()!))];
                if (answerable)
                {
                    questions.Add((entry.GetProperty("input").GetString()!, ids));
                }
            }
        }

        return Judged(passages.Select(p => new CollectionDocument(p.Value, p.Key.Title, p.Key.Text)), questions);
    }

    /// <summary>HotpotQA, distractor setting: two paragraphs are needed for each question, eight more look like them.</summary>
    public static ClassicCollection ReadHotpot(string data)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "qa-hotpot-distractor", "hotpot_distractor_sample.json")));
        List<(string Question, string[] Passages)> questions = [];
        Dictionary<(string Title, string Text), string> passages = [];
        foreach (var entry in json.RootElement.EnumerateArray())
        {
            var supporting = entry.GetProperty("supporting_facts").EnumerateArray().Select(f => f[0].GetString()!).ToHashSet(StringComparer.Ordinal);
            var paragraphs = entry.GetProperty("context").EnumerateArray()
                .Select(p => (Title: p[0].GetString()!, Id: Id(passages, p[0].GetString()!, string.Concat(p[1].EnumerateArray().Select(s => s.GetString()))))).ToList();
            questions.Add((entry.GetProperty("question").GetString()!, [.. paragraphs.Where(p => supporting.Contains(p.Title)).Select(p => p.Id)]));
        }

        return Judged(passages.Select(p => new CollectionDocument(p.Value, p.Key.Title, p.Key.Text)), questions);
    }

    private static string Id(Dictionary<(string Title, string Text), string> passages, string title, string text)
    {
        if (!passages.TryGetValue((title, text), out var id))
        {
            passages.Add((title, text), id = $"p{passages.Count + 1}");
        }

        return id;
    }

    private static ClassicCollection Judged(IEnumerable<CollectionDocument> documents, List<(string Question, string[] Passages)> questions) => new(
        [.. documents],
        [.. questions.Select((q, i) => new CollectionQuery($"q{i + 1}", q.Question))],
        new(questions.Select((q, i) => (Id: $"q{i + 1}", q.Passages)).ToDictionary(q => q.Id, IReadOnlyDictionary<string, int> (q) => q.Passages.Distinct().ToDictionary(p => p, _ => 1))));
}
