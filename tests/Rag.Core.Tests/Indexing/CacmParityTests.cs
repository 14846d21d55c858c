using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Rag.Indexing;
using Rag.Testing;

namespace Rag.Core.Tests.Indexing;

/// <summary>The classic CACM collection: Anserini publishes MAP .3123 and P@30 .1942 for BM25 with its defaults (docs/regressions, regressions-cacm).</summary>
public sealed partial class CacmParityTests
{
    [Fact]
    public void Bm25Lucene_reaches_the_published_numbers_of_Anserini()
    {
        var documents = Documents(SharedData.Require("retrieval-cacm/cacm.tar.gz"));
        var indexer = new DocumentIndexer(KeywordModel.Bm25Lucene);
        var index = new KeywordIndex(KeywordModel.Bm25Lucene);
        for (var i = 0; i < documents.Count; i++)
        {
            index = index.Add(i, indexer.Index(documents[i].Id, "en", [Chunk.Of(documents[i], 0, new(0, documents[i].Text.Length))]));
        }

        var judgements = Judgements(SharedData.Require("retrieval-cacm/qrels.cacm.txt"));
        var topics = Topics(File.ReadAllText(SharedData.Require("retrieval-cacm/topics.cacm.txt")));
        var judged = topics.Where(t => judgements.ContainsKey(t.Number)).Select(t =>
            (Relevant: judgements[t.Number], Ranked: index.Search(t.Text, 1000).Select(h => documents[h.Document].Id).ToList())).ToList();

        Assert.Equal(52, judged.Count);
        Assert.Equal(0.3123, Math.Round(judged.Average(q => AveragePrecision(q.Relevant, q.Ranked)), 4));
        Assert.Equal(0.1942, Math.Round(judged.Average(q => q.Ranked.Take(30).Count(q.Relevant.Contains) / 30.0), 4));
    }

    private static double AveragePrecision(HashSet<string> relevant, List<string> ranked)
    {
        var (hits, sum) = (0, 0.0);
        for (var rank = 1; rank <= ranked.Count; rank++)
        {
            if (relevant.Contains(ranked[rank - 1]))
            {
                sum += ++hits / (double)rank;
            }
        }

        return sum / relevant.Count;
    }

    private static List<Document> Documents(string archive)
    {
        var documents = new List<Document>();
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } stream)
            {
                using var reader = new StreamReader(stream);
                var text = WebUtility.HtmlDecode(Tag().Replace(reader.ReadToEnd(), " "));
                documents.Add(new(Path.GetFileNameWithoutExtension(entry.Name), "", text, []));
            }
        }

        return documents;
    }

    private static Dictionary<string, HashSet<string>> Judgements(string file) => File.ReadLines(file)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields[3] != "0")
        .GroupBy(fields => fields[0])
        .ToDictionary(g => g.Key, g => g.Select(fields => fields[2]).ToHashSet());

    private static IEnumerable<(string Number, string Text)> Topics(string text) => Topic().Matches(text).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    [GeneratedRegex("</?[A-Za-z][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<DOCNO>\\s*(\\d+)\\s*</DOCNO>(.*?)</DOC>", RegexOptions.Singleline)]
    private static partial Regex Topic();
}
