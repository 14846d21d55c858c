using Rag.Evaluation.Collections;

namespace Rag.Quality.Collections;

/// <summary>WikiQA and TrecQA: questions, each with sentences that answer it and sentences that do not. The sentences of all questions are one collection.</summary>
internal static class AnswerSentences
{
    public static ClassicCollection ReadWikiQa(string data)
    {
        string[] Lines(string file) => File.ReadAllLines(Path.Combine(data, "answersel-wikiqa", "dev", file));
        return Pool(Lines("id.txt").Zip(Lines("a.toks"), Lines("b.toks")).Zip(Lines("sim.txt"), (t, judgement) => new Pair(t.First, t.Second, t.Third, judgement == "1")));
    }

    public static ClassicCollection ReadTrecQa(string data) => Pool(TrecPairs(File.ReadLines(Path.Combine(data, "answersel-trecqa", "DEV.xml"))));

    // Not XML: ampersands are bare. The first line in an element has the words, the next four what taggers say of them.
    private static IEnumerable<Pair> TrecPairs(IEnumerable<string> lines)
    {
        var (id, question, open) = ("", "", "");
        foreach (var line in lines)
        {
            if (line.StartsWith("<QApairs id='", StringComparison.Ordinal))
            {
                id = line.Split('\'')[1];
            }
            else if (line is "<question>" or "<positive>" or "<negative>")
            {
                open = line;
            }
            else if (open.Length > 0)
            {
                var text = line.Replace('\t', ' ');
                if (open == "<question>")
                {
                    question = text;
                }
                else
                {
                    yield return new(id, question, text, open == "<positive>");
                }

                open = "";
            }
        }
    }

    private static ClassicCollection Pool(IEnumerable<Pair> pairs)
    {
        Dictionary<string, string> sentences = new(StringComparer.Ordinal);
        Dictionary<string, string> questions = new(StringComparer.Ordinal);
        Dictionary<string, Dictionary<string, int>> judgements = new(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            if (!sentences.TryGetValue(pair.Sentence, out var sentence))
            {
                sentences.Add(pair.Sentence, sentence = $"s{sentences.Count + 1}");
            }

            questions.TryAdd(pair.Id, pair.Question);
            judgements.TryAdd(pair.Id, []);
            judgements[pair.Id][sentence] = Math.Max(judgements[pair.Id].GetValueOrDefault(sentence), pair.Answers ? 1 : 0);
        }

        return new(
            [.. sentences.Select(s => new CollectionDocument(s.Value, "", s.Key))],
            [.. questions.Select(q => new CollectionQuery(q.Key, q.Value))],
            new(judgements.ToDictionary(q => q.Key, IReadOnlyDictionary<string, int> (q) => q.Value)));
    }

    private sealed record Pair(string Id, string Question, string Sentence, bool Answers);
}
