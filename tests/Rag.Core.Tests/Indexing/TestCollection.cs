using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Rag.Indexing;
using Rag.Indexing.Feedback;
using Rag.Testing;

namespace Rag.Core.Tests.Indexing;

/// <summary>A classic collection with judgements: what keyword models are compared on.</summary>
/// <param name="Documents">Documents, each one passage.</param>
/// <param name="Topics">Questions by number.</param>
/// <param name="Judgements">For each question that has any, the documents that answer it, with their gain.</param>
internal sealed partial record TestCollection(IReadOnlyList<Document> Documents, IReadOnlyList<(string Number, string Text)> Topics, IReadOnlyDictionary<string, Dictionary<string, int>> Judgements)
{
    /// <summary>CACM as Anserini has it: 3,204 abstracts, 52 judged topics. Some judgements name documents by other ids; they count as never found.</summary>
    public static TestCollection Cacm()
    {
        var documents = new List<Document>();
        using var tar = new TarReader(new GZipStream(File.OpenRead(SharedData.Require("retrieval-cacm/cacm.tar.gz")), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } stream)
            {
                using var reader = new StreamReader(stream);
                documents.Add(new(Path.GetFileNameWithoutExtension(entry.Name), "", WebUtility.HtmlDecode(Tag().Replace(reader.ReadToEnd(), " ")), []));
            }
        }

        var topics = CacmTopic().Matches(File.ReadAllText(SharedData.Require("retrieval-cacm/topics.cacm.txt"))).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
        return new(documents, [.. topics], Judged(File.ReadLines(SharedData.Require("retrieval-cacm/qrels.cacm.txt")).Select(Fields).Select(f => (f[0], f[2], int.Parse(f[3], CultureInfo.InvariantCulture)))));
    }

    /// <summary>Cranfield: 1,400 abstracts, which begin with their titles, and 225 questions that the judgements number in the order of the file, from 1, the best, to 4.</summary>
    public static TestCollection Cranfield()
    {
        var documents = Records("retrieval-cranfield/cran.all.1400").Select(r => new Document(r.Number, "", r.Text, []));
        var topics = Records("retrieval-cranfield/cran.qry").Select((r, i) => ((i + 1).ToString(CultureInfo.InvariantCulture), r.Text));
        return new([.. documents], [.. topics], Judged(File.ReadLines(SharedData.Require("retrieval-cranfield/cranqrel")).Select(Fields).Select(f => (f[0], f[1], Gain: int.Parse(f[2], CultureInfo.InvariantCulture)))
            .Select(j => (j.Item1, j.Item2, j.Gain > 0 ? 5 - j.Gain : 0))));
    }

    /// <summary>Feedback by the name that follows the model's in <c>--retriever</c>; none where it is empty.</summary>
    public static IFeedback? Feedback(string name) => name switch
    {
        "" => null,
        "rm3" => new Rm3Feedback(),
        "focused" => new FocusedFeedback(),
        "ax" => new AxiomaticFeedback(),
        "rocchio" => new RocchioFeedback(),
        _ => throw new ArgumentException($"No feedback '{name}'.", nameof(name)),
    };

    public KeywordIndex Index(KeywordModel model)
    {
        var indexer = new DocumentIndexer(model);
        return Documents.Index().Aggregate(new KeywordIndex(model), (index, d) => index.Add(d.Index, indexer.Index(d.Item.Id, "en", [Chunk.Of(d.Item, 0, new(0, d.Item.Text.Length))])));
    }

    /// <summary>Means over the judged topics of what the first 1,000 results are worth, by trec_eval's definitions.</summary>
    public (double Map, double P30, double Ndcg10) Measure(KeywordIndex index, IFeedback? feedback)
    {
        var runs = Topics.Where(t => Judgements.ContainsKey(t.Number))
            .Select(t => (Gains: Judgements[t.Number], Ranked: index.Search(t.Text, 1000, feedback: feedback).Select(h => Documents[h.Document].Id).ToList())).ToList();
        return (runs.Average(r => AveragePrecision(r.Gains, r.Ranked)), runs.Average(r => r.Ranked.Take(30).Count(r.Gains.ContainsKey) / 30.0), runs.Average(r => Ndcg10(r.Gains, r.Ranked)));
    }

    private static double AveragePrecision(Dictionary<string, int> relevant, List<string> ranked) =>
        ranked.Index().Where(d => relevant.ContainsKey(d.Item)).Select((d, hits) => (hits + 1.0) / (d.Index + 1)).Sum() / relevant.Count;

    private static double Ndcg10(Dictionary<string, int> gains, List<string> ranked) =>
        Dcg10(ranked.Select(d => gains.GetValueOrDefault(d))) / Dcg10(gains.Values.OrderDescending());

    private static double Dcg10(IEnumerable<int> gains) => gains.Take(10).Select((gain, i) => gain / Math.Log2(i + 2)).Sum();

    private static string[] Fields(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, Dictionary<string, int>> Judged(IEnumerable<(string Topic, string Document, int Gain)> lines) => lines
        .Where(l => l.Gain > 0)
        .GroupBy(l => l.Topic)
        .ToDictionary(g => g.Key, g => g.DistinctBy(l => l.Document).ToDictionary(l => l.Document, l => l.Gain));

    private static IEnumerable<(string Number, string Text)> Records(string file) =>
        Record().Matches(File.ReadAllText(SharedData.Require(file)).ReplaceLineEndings("\n")).Select(m => (m.Groups["number"].Value, m.Groups["text"].Value));

    [GeneratedRegex("</?[A-Za-z][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<DOCNO>\\s*(\\d+)\\s*</DOCNO>(.*?)</DOC>", RegexOptions.Singleline)]
    private static partial Regex CacmTopic();

    [GeneratedRegex(@"^\.I 0*(?<number>\d+)\s*\n(?:\.T\n.*?)?^\.W\n(?<text>.*?)(?=^\.I |\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Record();
}
