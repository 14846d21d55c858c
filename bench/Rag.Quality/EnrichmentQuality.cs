using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Rag.Analysis;
using Rag.Enrichment;
using Rag.Ingest.Reading;
using Rag.Quality.Collections;

namespace Rag.Quality;

/// <summary>Enrichers of documents: speed on one thread, keywords against those of the authors of CACM, summaries against titles, false finds of personal data, recall of near-duplicates.</summary>
internal static partial class EnrichmentQuality
{
    private const int Rounds = 5;
    private const int Top = 8;

    public static async Task MeasureAsync(string data, int seed, TextWriter output)
    {
        var documents = await DocumentsAsync(data);
        var cacm = Cacm(Path.Combine(data, "retrieval-cacm", "cacm.tar.gz")).ToList();
        await SpeedAsync(documents, output);
        await KeywordsAsync(cacm, output);
        await SummariesAsync(cacm, seed, output);
        await PersonalDataAsync(documents, data, output);
        await DatesAsync(documents, output);
        Duplicates(cacm, seed, output);
    }

    private static async Task<List<Document>> DocumentsAsync(string data)
    {
        string[] folders = ["chunking-chroma/corpora", "demo-efcore-docs", "demo-csharpstandard"];
        var documents = new List<Document>();
        foreach (var file in folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(data, f), "*.md", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            var document = await DocumentReaders.Default.ReadFileAsync(file, Path.GetRelativePath(data, file));
            documents.Add(document with { Language = LanguageDetector.Detect(document.Text) });
        }

        return documents;
    }

    private static async Task SpeedAsync(List<Document> documents, TextWriter output)
    {
        var size = documents.Sum(d => System.Text.Encoding.UTF8.GetByteCount(d.Text)) / 1e6;
        Say(output, $"enrichment: {documents.Count} Markdown documents, {size:F1} MB of text; median of {Rounds} rounds on one thread; seconds of the processor, or of the wall where those are fewer");
        foreach (var name in DocumentEnrichers.Names.Where(name => name != "title")) // reads a line
        {
            var (enricher, seconds, found) = (DocumentEnrichers.Create(name), new List<double>(), 0);
            for (var round = 0; round <= Rounds; round++)
            {
                var (clock, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                found = 0;
                foreach (var document in documents)
                {
                    found += (await enricher.FindAsync(document)).Count;
                }

                if (round > 0)
                {
                    seconds.Add(Math.Min(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds));
                }
            }

            Say(output, $"  {name,-10} {size / seconds.Order().ElementAt(Rounds / 2),6:F1} MB/s, {found} findings");
        }
    }

    private static async Task KeywordsAsync(List<Abstract> cacm, TextWriter output)
    {
        var (yake, frequency, documents, kept) = (new Tally(), new Tally(), 0, 0);
        var analyzer = Analyzers.For("en");
        foreach (var item in cacm.Where(a => a.Keywords.Count > 0))
        {
            var document = item.Document;
            var text = $" {Stems(analyzer, document.Text)} ";
            var wanted = item.Keywords.Select(k => Stems(analyzer, k)).Where(k => k.Length > 0 && text.Contains($" {k} ", StringComparison.Ordinal)).ToHashSet();
            if (wanted.Count == 0)
            {
                continue;
            }

            (documents, kept) = (documents + 1, kept + wanted.Count);
            yake.Add((await new KeywordEnricher(Top).FindAsync(document)).Select(f => Stems(analyzer, f.Value)), wanted);
            var counts = new Dictionary<string, int>();
            analyzer.Analyze(document.Text, (term, _, _) => counts[term.ToString()] = counts.GetValueOrDefault(term.ToString()) + 1);
            frequency.Add(counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(Top).Select(c => c.Key), wanted);
        }

        Say(output, $"keywords: {documents} abstracts of CACM with {kept} keywords of their authors that stand in title or abstract; the best {Top}, equal by stems");
        Say(output, $"  yake-1            precision {yake.Precision:F3}, recall {yake.Recall:F3}, F1 {yake.F1:F3}");
        Say(output, $"  frequent words    precision {frequency.Precision:F3}, recall {frequency.Recall:F3}, F1 {frequency.F1:F3}");
    }

    private static async Task SummariesAsync(List<Abstract> cacm, int seed, TextWriter output)
    {
        var (random, analyzer) = (new Random(seed), Analyzers.For("en"));
        var (lexRank, lead, chance, documents) = (0.0, 0.0, 0.0, 0);
        foreach (var item in cacm)
        {
            var body = new Document(item.Document.Id, item.Document.Title, item.Body, [new(BlockKind.Paragraph, new(0, item.Body.Length))]) { Language = "en" };
            var title = analyzer.Terms(item.Document.Title).Select(t => t.Text).ToHashSet();
            var sentences = SentenceSegmenter.Split(item.Body, new(0, item.Body.Length), "en").Select(s => s.Of(item.Body)).ToList();
            var chosen = (await new SummaryEnricher().FindAsync(body)).Select(f => f.Value).ToList();
            if (sentences.Count < 6 || title.Count == 0 || chosen.Count < 3)
            {
                continue;
            }

            documents++;
            lexRank += Share(chosen);
            lead += Share(sentences.Take(3));
            chance += Share(sentences.OrderBy(_ => random.Next()).Take(3));

            double Share(IEnumerable<string> texts)
            {
                var terms = texts.SelectMany(t => analyzer.Terms(t)).Select(t => t.Text).ToHashSet();
                return title.Count(terms.Contains) / (double)title.Count;
            }
        }

        Say(output, $"summaries: share of the title's terms in 3 sentences of the abstract, {documents} abstracts of CACM of 6 sentences and more (titles as pseudo truth): lexrank-1 {lexRank / documents:F3}, first three {lead / documents:F3}, any three (seed {seed}) {chance / documents:F3}");
    }

    private static async Task PersonalDataAsync(List<Document> documents, string data, TextWriter output)
    {
        var cranfield = Cranfield.Read(data).Documents.Select(d => new Document(d.Id, d.Id, d.Text, []));
        var cacm = Cacm(Path.Combine(data, "retrieval-cacm", "cacm.tar.gz")).Select(a => a.Document);
        var clapnq = File.ReadLines(Path.Combine(data, "qa-clapnq", "clapnq_dev_answerable.jsonl")).Select((line, i) => new Document($"clapnq-{i}", "", line, []));
        foreach (var (name, texts) in ((string, IEnumerable<Document>)[])[("documentation and essays", documents), ("Cranfield and CACM", cranfield.Concat(cacm)), ("CLAPNQ (Wikipedia)", clapnq)])
        {
            var (all, found) = (texts.ToList(), new List<(string Kind, string Text)>());
            foreach (var document in all)
            {
                found.AddRange((await new PersonalDataEnricher().FindAsync(document)).SelectMany(f => f.Spans.Select(s => (f.Value, s.Of(document.Text)))));
            }

            Say(output, $"pii: {name}, {all.Count} documents, {all.Sum(d => (long)d.Text.Length) / 1e6:F1} million characters: {(found.Count == 0 ? "none" : string.Join(", ", found.CountBy(f => f.Kind).Select(k => $"{k.Key} {k.Value}")))}");
            foreach (var kind in found.GroupBy(f => f.Kind))
            {
                output.WriteLine($"    {kind.Key}: {string.Join(" | ", kind.Select(f => f.Text).Distinct().Take(12))}");
            }
        }
    }

    private static async Task DatesAsync(List<Document> documents, TextWriter output)
    {
        var (found, sources) = (0, new List<string>());
        foreach (var document in documents)
        {
            var date = await new DateEnricher().FindAsync(document) is [var only] ? only : null;
            found += date is null ? 0 : 1;
            sources.Add(date is null ? "none" : date.From ?? "text");
        }

        Say(output, $"dates: {found} of {documents.Count} documents; {string.Join(", ", sources.CountBy(s => s).Select(s => $"{s.Key} {s.Value}"))}");
    }

    private static void Duplicates(List<Abstract> cacm, int seed, TextWriter output)
    {
        var random = new Random(seed);
        var bands = new SortedDictionary<int, (int Pairs, int Found, double Error)>();
        foreach (var item in cacm.Where(a => a.Body.Length > 500))
        {
            string[] words = item.Body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var rate = random.NextDouble() * 0.05;
            string[] changed = [.. words.Select(w => random.NextDouble() < rate ? $"x{random.Next(1000)}" : w)];
            var (exact, a, b) = (Exact(words, changed), Stored("a", words), Stored("b", changed));
            var found = NearDuplicates.Among([a, b], default).GetValueOrDefault("b");
            var band = bands.GetValueOrDefault((int)(exact * 20));
            bands[(int)(exact * 20)] = (band.Pairs + 1, band.Found + (found is null ? 0 : 1), band.Error + (found is null ? 0 : Math.Abs(found.Confidence!.Value - exact)));
        }

        Say(output, $"duplicates: abstracts of CACM with words exchanged (seed {seed}), found at an estimate of {NearDuplicates.LeastResemblance}, by exact Jaccard coefficient of 5-word shingles");
        foreach (var (band, (pairs, count, error)) in bands)
        {
            Say(output, $"  {band / 20.0:F2} to {(band + 1) / 20.0:F2}: {count} of {pairs} found{(count == 0 ? "" : $", estimate off by {error / count:F3} on average")}");
        }
    }

    private static Rag.Storage.StoredDocument Stored(string id, string[] words) => new(id, id, "text/plain", 1, DateTimeOffset.UnixEpoch, "", null, new Dictionary<string, string>())
    {
        Groups = [],
        Findings = MinHash.Of(string.Join(' ', words), default) is { } signature ? [new(SignatureEnricher.Signature, Convert.ToBase64String(signature), SignatureEnricher.Method)] : [],
    };

    private static double Exact(string[] a, string[] b)
    {
        static HashSet<string> Shingles(string[] words)
        {
            var text = string.Join(' ', words);
            var found = new List<string>();
            foreach (var word in WordSegmenter.Words(text))
            {
                found.Add(text[word.Start..word.End].ToLowerInvariant());
            }

            return [.. Enumerable.Range(0, Math.Max(0, found.Count - 4)).Select(i => string.Join(' ', found.GetRange(i, 5)))];
        }

        var (left, right) = (Shingles(a), Shingles(b));
        return left.Intersect(right).Count() / (double)left.Union(right).Count();
    }

    private static string Stems(IAnalyzer analyzer, string text) => string.Join(' ', analyzer.Terms(text).Select(t => t.Text));

    private static IEnumerable<Abstract> Cacm(string archive)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } stream)
            {
                using var reader = new StreamReader(stream);
                var parts = Blank().Split(WebUtility.HtmlDecode(Tag().Replace(reader.ReadToEnd(), " ")).Trim()).Select(p => p.Trim()).ToList();
                var issue = parts.FindIndex(p => p.StartsWith("CACM ", StringComparison.Ordinal));
                if (issue == 2)
                {
                    // behind the issue: authors, keywords (which have commas and small letters), codes
                    var keywords = parts.Skip(issue + 2).TakeWhile(p => !char.IsDigit(p[0]) && !p.StartsWith("CA", StringComparison.Ordinal)).FirstOrDefault(p => p.Contains(',')) ?? "";
                    var (title, body) = (Words(parts[0]), Words(parts[1]));
                    yield return new(
                        new(entry.Name, title, $"{title}\n\n{body}", [new(BlockKind.Heading, new(0, title.Length), 1), new(BlockKind.Paragraph, new(title.Length + 2, title.Length + 2 + body.Length))]) { Language = "en" },
                        body,
                        [.. Words(keywords).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
                }
            }
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Say(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex("</?[A-Za-z][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\n[ \t\r]*\n\s*")]
    private static partial Regex Blank();

    private sealed record Abstract(Document Document, string Body, IReadOnlyList<string> Keywords);

    private sealed class Tally
    {
        private int _right;
        private int _given;
        private int _wanted;

        public double Precision => _right / (double)_given;

        public double Recall => _right / (double)_wanted;

        public double F1 => 2 * Precision * Recall / (Precision + Recall);

        public void Add(IEnumerable<string> given, HashSet<string> wanted)
        {
            var distinct = given.Distinct().ToList();
            _right += distinct.Count(wanted.Contains);
            _given += distinct.Count;
            _wanted += wanted.Count;
        }
    }
}
