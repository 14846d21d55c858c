using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Trec;

namespace Rag.Quality.Collections;

/// <summary>CACM: abstracts of the Communications of the ACM, read as Anserini reads them: tags out, entities resolved, no title apart.</summary>
internal static partial class Cacm
{
    public static async Task<ClassicCollection> ReadAsync(string data)
    {
        var folder = Path.Combine(data, "retrieval-cacm");
        var judgements = await QrelsFile.ReadAsync(Path.Combine(folder, "qrels.cacm.txt"));
        var topics = Topic().Matches(await File.ReadAllTextAsync(Path.Combine(folder, "topics.cacm.txt")))
            .Select(m => new CollectionQuery(m.Groups["number"].Value, m.Groups["text"].Value));
        return new([.. Documents(Path.Combine(folder, "cacm.tar.gz"))], [.. topics], judgements);
    }

    private static IEnumerable<CollectionDocument> Documents(string archive)
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } stream)
            {
                using var reader = new StreamReader(stream);
                yield return new(Path.GetFileNameWithoutExtension(entry.Name), "", WebUtility.HtmlDecode(Tag().Replace(reader.ReadToEnd(), " ")));
            }
        }
    }

    [GeneratedRegex("</?[A-Za-z][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<DOCNO>\\s*(?<number>\\d+)\\s*</DOCNO>(?<text>.*?)</DOC>", RegexOptions.Singleline)]
    private static partial Regex Topic();
}
