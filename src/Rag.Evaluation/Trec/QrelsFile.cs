using System.Globalization;

namespace Rag.Evaluation.Trec;

/// <summary>Reads and writes judgements in the two forms that are in use.</summary>
/// <remarks>
/// TREC: <c>query 0 document grade</c>, any white space between. BEIR: <c>query document grade</c>, one tab between, so that ids may hold spaces, below the header <c>query-id corpus-id score</c>.
/// Empty lines and lines that begin with <c>#</c> are left out.
/// </remarks>
public static class QrelsFile
{
    /// <summary>Header of BEIR's form.</summary>
    internal const string BeirHeader = "query-id\tcorpus-id\tscore";

    /// <summary>Reads a file; who judged does not count.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">A line has another form, a grade is no whole number, or a document is judged twice for a query.</exception>
    public static async Task<Judgements> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        await ReadAsync(path, _ => "", cancellationToken) is [var all] ? all : new(new Dictionary<string, IReadOnlyDictionary<string, int>>());

    /// <summary>Reads a file of several people's judgements, in which TREC's second field names who judged; in the order of the names (ordinal). BEIR's form has one judge.</summary>
    /// <inheritdoc cref="ReadAsync(string, CancellationToken)"/>
    public static Task<IReadOnlyList<Judgements>> ReadJudgesAsync(string path, CancellationToken cancellationToken = default) => ReadAsync(path, judge => judge, cancellationToken);

    private static async Task<IReadOnlyList<Judgements>> ReadAsync(string path, Func<string, string> judgeOf, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SortedDictionary<string, Dictionary<string, Dictionary<string, int>>> judges = new(StringComparer.Ordinal);
        var number = 0;
        var beir = false;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (number == 1 && IsHeader(line))
            {
                beir = true;
                continue;
            }

            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            var (query, judge, document, grade) = beir ? BeirFields(path, number, line) : TrecFields(path, number, line);
            if (!judges.TryGetValue(judgeOf(judge), out var queries))
            {
                judges.Add(judgeOf(judge), queries = new(StringComparer.Ordinal));
            }

            if (!queries.TryGetValue(query, out var judged))
            {
                queries.Add(query, judged = new(StringComparer.Ordinal));
            }

            if (!judged.TryAdd(document, Grade(path, number, grade)))
            {
                throw new EvaluationFileException(path, number, $"document '{document}' is judged twice for query '{query}'; leave one of the lines out");
            }
        }

        return [.. judges.Values.Select(queries => new Judgements(queries.ToDictionary(q => q.Key, IReadOnlyDictionary<string, int> (q) => q.Value, StringComparer.Ordinal)))];
    }

    /// <summary>Writes BEIR's form.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="judgements">What to write.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static Task WriteBeirAsync(string path, Judgements judgements, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        var lines = judgements.Queries.SelectMany(q => q.Value.Select(d => string.Create(CultureInfo.InvariantCulture, $"{q.Key}\t{d.Key}\t{d.Value}")));
        return File.WriteAllLinesAsync(path, lines.Prepend(BeirHeader), cancellationToken);
    }

    private static bool IsHeader(string line) => line.Split('\t').Select(f => f.Trim()).SequenceEqual(BeirHeader.Split('\t'));

    private static (string Query, string Judge, string Document, string Grade) BeirFields(string path, int number, string line) =>
        line.Split('\t') is [{ Length: > 0 } query, { Length: > 0 } document, { Length: > 0 } grade]
            ? (query, "", document, grade)
            : throw new EvaluationFileException(path, number, "below BEIR's header a judgement is query, document and grade with one tab between");

    private static (string Query, string Judge, string Document, string Grade) TrecFields(string path, int number, string line)
    {
        var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields is [var query, var judge, var document, var grade]
            ? (query, judge, document, grade)
            : throw new EvaluationFileException(path, number, $"{fields.Length} fields where a judgement has four (query 0 document grade); BEIR's three need its header '{BeirHeader.Replace('\t', ' ')}'");
    }

    private static int Grade(string path, int number, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var grade) && double.IsInteger(grade) && Math.Abs(grade) <= int.MaxValue
            ? (int)grade
            : throw new EvaluationFileException(path, number, $"the grade is '{text}'; it must be a whole number");
}
