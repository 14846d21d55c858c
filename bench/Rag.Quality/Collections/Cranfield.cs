using System.Globalization;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Trec;

namespace Rag.Quality.Collections;

/// <summary>Cranfield: 1400 abstracts on aerodynamics, 225 queries (Cleverdon, 1967).</summary>
internal static class Cranfield
{
    // The judgements have 1 (a complete answer) to 4 (of minimum interest) and 5 or -1 for "no interest" (cranqrel.readme); higher is better here, so 4 to 1 and 0.
    private static int Grade(int code) => code is >= 1 and <= 4 ? 5 - code : 0;

    public static ClassicCollection Read(string data)
    {
        var folder = Path.Combine(data, "retrieval-cranfield");
        // Every text begins with its title once more.
        var documents = Entries(Path.Combine(folder, "cran.all.1400")).Select(e => new CollectionDocument(e.Id, "", e.Fields.GetValueOrDefault('W', "")));
        // The judgements number the queries in the order of the file, whatever ids they bear there.
        var queries = Entries(Path.Combine(folder, "cran.qry")).Select((e, i) => new CollectionQuery((i + 1).ToString(CultureInfo.InvariantCulture), e.Fields.GetValueOrDefault('W', "")));
        return new([.. documents], [.. queries], Judgements(Path.Combine(folder, "cranqrel")));
    }

    private static Judgements Judgements(string path) => new(File.ReadLines(path)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length >= 3)
        .GroupBy(fields => fields[0])
        .ToDictionary(q => q.Key, IReadOnlyDictionary<string, int> (q) => q
            .ToDictionary(fields => fields[1], fields => Grade(int.Parse(fields[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)))));

    // ".I 1" begins an entry, ".W" and other letters a field of it; ".W" is the last, and in three abstracts such a line strayed into the text.
    private static IEnumerable<(string Id, Dictionary<char, string> Fields)> Entries(string path)
    {
        (string Id, Dictionary<char, string> Fields)? entry = null;
        var field = ' ';
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith(".I ", StringComparison.Ordinal))
            {
                if (entry is { } done)
                {
                    yield return done;
                }

                field = ' ';
                entry = (int.Parse(line.AsSpan(3), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), []);
            }
            else if (field != 'W' && line is ['.', >= 'A' and <= 'Z'])
            {
                field = line[1];
            }
            else if (entry is { Fields: var fields })
            {
                fields[field] = fields.TryGetValue(field, out var text) ? $"{text}\n{line}" : line;
            }
        }

        if (entry is { } last)
        {
            yield return last;
        }
    }
}
