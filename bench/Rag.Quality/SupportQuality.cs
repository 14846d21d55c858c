using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Analysis;
using Rag.Citations;
using Rag.Testing;

namespace Rag.Quality;

/// <summary>CLAPNQ: how many sentences that people wrote from a passage the verifier takes for supported, and how many of the same sentences with one fault put in.</summary>
internal static partial class SupportQuality
{
    private static readonly (string Word, string Opposite)[] Opposites =
    [
        .. "first last, before after, north south, east west, northern southern, eastern western, more less, most least, largest smallest, larger smaller, highest lowest, higher lower, early late, old new, increase decrease, increased decreased, won lost, male female, men women, son daughter, husband wife, major minor, begins ends, began ended, inside outside, public private, long short, high low, large small, always never, positive negative, upper lower, left right, summer winter, morning evening, king queen, brother sister, father mother"
            .Split(", ").Select(pair => pair.Split(' ')).SelectMany(p => new[] { (p[0], p[1]), (p[1], p[0]) }),
    ];

    private static readonly (string Name, Func<Written, IReadOnlyList<Written>, int, string?> Of)[] Faults =
    [
        ("as people wrote them", (w, _, _) => w.Sentence),
        ("a number changed", (w, _, _) => Number().Match(w.Sentence) is { Success: true } m && NewNumber(m.Value, w.Text) is { } other ? Replaced(w.Sentence, m, other) : null),
        ("a name of the passage for another", (w, _, _) => OtherName(w)),
        ("two names swapped", (w, _, _) => Swapped(w.Sentence)),
        ("denial put in or left out", (w, _, _) => Denied(w.Sentence)),
        ("a word for its opposite", (w, _, _) => Opposed(w.Sentence)),
        ("a clause added", (w, all, i) => $"{w.Sentence.TrimEnd(' ', '.')} and {Lowered(all[(i + (all.Count / 2)) % all.Count].Sentence)}"),
        ("a sentence on something else", (_, all, i) => all[(i + (all.Count / 2)) % all.Count].Sentence),
    ];

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var written = await ReadAsync(Path.Combine(data, "qa-clapnq", "clapnq_dev_answerable.jsonl"));
        double[] thresholds = [.3, .5, .6, .7, .8, .9];
        await output.WriteLineAsync($"support: share of sentences taken for supported, by the least support asked for; {written.Count} sentences of CLAPNQ's answers");
        await output.WriteLineAsync($"| | sentences | {string.Join(" | ", thresholds.Select(t => t.ToString(".00", CultureInfo.InvariantCulture)))} |");
        await output.WriteLineAsync($"|---|--:|{string.Concat(thresholds.Select(_ => "--:|"))}");
        foreach (var (name, of) in Faults)
        {
            var cases = written.Select((w, i) => (w.Passages, Sentence: of(w, written, i))).Where(c => c.Sentence is not null).ToList();
            var taken = thresholds.Select(t => cases.Count(c => !new CitationVerifier(new() { MinSupport = t }).Verify("?", c.Sentence!, c.Passages).Abstained) / (double)cases.Count);
            await output.WriteLineAsync($"| {name} | {cases.Count} | {string.Join(" | ", taken.Select(t => t.ToString(".000", CultureInfo.InvariantCulture)))} |");
        }

        await MeasureTimeAsync(written, output);
    }

    private static async Task MeasureTimeAsync(IReadOnlyList<Written> written, TextWriter output)
    {
        var ten = written.DistinctBy(w => w.Text).Take(10).ToList();
        Passage[] passages = [.. ten.Select((w, i) => w.Passages[0] with { Number = i + 1 })];
        var text = string.Join(' ', ten.Select((w, i) => $"{w.Sentence} [{i + 1}]"));
        var times = new List<double>();
        for (var round = 0; round < 200; round++)
        {
            var clock = Stopwatch.GetTimestamp();
            new CitationVerifier().Verify("?", text, passages);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        times.Sort();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"an answer of 10 sentences over 10 passages of {passages.Average(p => p.Chunk.Text.Length):F0} characters: median {times[100]:F2} ms, 95th percentile {times[190]:F2} ms"));
    }

    private static async Task<IReadOnlyList<Written>> ReadAsync(string path)
    {
        var written = new List<Written>();
        foreach (var line in await File.ReadAllLinesAsync(path))
        {
            using var json = JsonDocument.Parse(line);
            var passage = json.RootElement.GetProperty("passages")[0];
            var text = passage.GetProperty("text").GetString()!;
            var chunk = new Chunk($"{written.Count}#0", $"{written.Count}", text, new(0, text.Length)) { Language = "en", Title = passage.GetProperty("title").GetString()! };
            foreach (var answer in json.RootElement.GetProperty("output").EnumerateArray().Select(o => o.GetProperty("answer").GetString()!).Distinct())
            {
                written.AddRange(SentenceSegmenter.Split(answer, new(0, answer.Length), "en").Select(span => new Written(span.Of(answer), text, [new(1, chunk, 1)])));
            }
        }

        return written;
    }

    private static string Replaced(string text, Match match, string other) => text[..match.Index] + other + text[(match.Index + match.Length)..];

    private static string? NewNumber(string number, string text) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? Enumerable.Range(value + 1, 50).Select(n => n.ToString(CultureInfo.InvariantCulture)).FirstOrDefault(n => !text.Contains(n, StringComparison.Ordinal))
            : null;

    private static string? OtherName(Written w) =>
        Name().Match(w.Sentence) is { Success: true } m && Name().Matches(w.Text).Select(n => n.Value).FirstOrDefault(n => !w.Sentence.Contains(n, StringComparison.Ordinal)) is { } other ? Replaced(w.Sentence, m, other) : null;

    private static string? Swapped(string sentence) =>
        Pair().Match(sentence) is { Success: true } m ? $"{sentence[..m.Index]}{m.Groups["b"].Value}{m.Groups["v"].Value}{m.Groups["a"].Value}{sentence[(m.Index + m.Length)..]}" : null;

    private static string? Denied(string sentence) =>
        Not().Match(sentence) is { Success: true } not ? Replaced(sentence, not, "") : Verb().Match(sentence) is { Success: true } verb ? Replaced(sentence, verb, $"{verb.Value} not") : null;

    private static string? Opposed(string sentence) =>
        Opposites.Select(o => (Match: Regex.Match(sentence, $@"\b{o.Word}\b"), o.Opposite)).Where(o => o.Match.Success).OrderBy(o => o.Match.Index).Select(o => Replaced(sentence, o.Match, o.Opposite)).FirstOrDefault();

    private static string Lowered(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    [GeneratedRegex(@"(?<![\d.,])\d{1,4}(?![\d.,]\d|\d)")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<=[a-z,] )\p{Lu}\p{Ll}{2,}\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<a>\p{Lu}\p{Ll}{2,})(?<v> [a-z]{4,}ed (?:(?:the|a|by|to|for) )?)(?<b>\p{Lu}\p{Ll}{2,})")]
    private static partial Regex Pair();

    [GeneratedRegex(@" not\b")]
    private static partial Regex Not();

    [GeneratedRegex(@"\b(?:is|was|are|were|has|have|can|will|did)\b")]
    private static partial Regex Verb();

    /// <summary>A sentence of an answer with what it was written from.</summary>
    private sealed record Written(string Sentence, string Text, IReadOnlyList<Passage> Passages);
}
