using System.Globalization;

namespace Rag.Evaluation.Trec;

/// <summary>Reads and writes runs in TREC's form: <c>query Q0 document rank score tag</c>, any white space between; what follows the tag does not count.</summary>
public static class RunFile
{
    /// <summary>Reads a run, in the order of <see cref="TrecOrder"/>; ranks in the file do not count. Empty lines and lines that begin with <c>#</c> are left out.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">A line has another form, a score is no number, or a query has a document twice.</exception>
    public static async Task<TrecRun> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var tag = "";
        var number = 0;
        Dictionary<string, List<ScoredDocument>> rankings = new(StringComparer.Ordinal);
        HashSet<(string, string)> seen = [];
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [var query, _, var document, _, var score, var name, ..])
            {
                throw new EvaluationFileException(path, number, $"{fields.Length} fields where a run has six (query Q0 document rank score tag)");
            }

            if (!seen.Add((query, document)))
            {
                throw new EvaluationFileException(path, number, $"query '{query}' has document '{document}' twice; leave one of the lines out");
            }

            tag = name;
            if (!rankings.TryGetValue(query, out var ranking))
            {
                rankings.Add(query, ranking = []);
            }

            ranking.Add(new(document, Score(path, number, score)));
        }

        foreach (var ranking in rankings.Values)
        {
            ranking.Sort(TrecOrder.Instance);
        }

        return new(tag, rankings.ToDictionary(r => r.Key, IReadOnlyList<ScoredDocument> (r) => r.Value, StringComparer.Ordinal));
    }

    /// <summary>Writes a run so that every reader sees the same ranks.</summary>
    /// <remarks>Where scores are equal or too near for single precision, as some readers have it, they are lowered by the least step that tells them apart.</remarks>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="run">What to write.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="EvaluationFileException">An id or the tag is empty or holds white space, which the format cannot say, or a score is no number.</exception>
    public static async Task WriteAsync(string path, TrecRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        await using var writer = new StreamWriter(path);
        var tag = Word(path, run.Tag);
        foreach (var (query, ranking) in run.Rankings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var previous = float.PositiveInfinity;
            for (var i = 0; i < ranking.Count; i++)
            {
                var score = (float)ranking[i].Score;
                if (!float.IsFinite(score))
                {
                    throw new EvaluationFileException(path, 0, $"the score of '{ranking[i].Id}' for query '{query}' is not a number that a run can hold");
                }

                previous = Math.Min(score, MathF.BitDecrement(previous));
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Word(path, query)} Q0 {Word(path, ranking[i].Id)} {i + 1} {previous:R} {tag}"));
            }
        }
    }

    private static double Score(string path, int number, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score)
            ? score
            : throw new EvaluationFileException(path, number, $"the score is '{text}'; it must be a number");

    private static string Word(string path, string word) => word.Length > 0 && !word.Any(char.IsWhiteSpace)
        ? word
        : throw new EvaluationFileException(path, 0, $"'{word}' cannot stand in a run: an id is a word without white space");
}
