using System.Globalization;

namespace Rag.Evaluation.Trec;

/// <summary>Reads preferences in trec_eval's form (<c>-R prefs</c>): <c>query group comparison document level</c>, any white space between. A group is a person's; what its levels say: <see cref="PreferenceGroup"/>.</summary>
public static class PreferencesFile
{
    /// <summary>Reads a file. Empty lines and lines that begin with <c>#</c> are left out.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">A line has another form, a comparison holds a document twice, or a group contradicts itself.</exception>
    public static async Task<Preferences> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Dictionary<(string Query, string Group, string Comparison), Dictionary<string, double>> comparisons = [];
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [var query, var group, var comparison, var document, var text]
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) || !double.IsFinite(level) || level < 0)
            {
                throw new EvaluationFileException(path, number, $"'{line}' is not a query, a group, a comparison, a document and a level of 0 or more");
            }

            if (!comparisons.TryGetValue((query, group, comparison), out var levels))
            {
                comparisons.Add((query, group, comparison), levels = new(StringComparer.Ordinal));
            }

            if (!levels.TryAdd(document, level))
            {
                throw new EvaluationFileException(path, number, $"comparison '{comparison}' of group '{group}' holds document '{document}' twice for query '{query}'; leave one of the lines out");
            }
        }

        return new(comparisons.GroupBy(c => c.Key.Query, StringComparer.Ordinal).ToDictionary(
            q => q.Key,
            IReadOnlyList<PreferenceGroup> (q) => [.. q.GroupBy(c => c.Key.Group, c => c.Value, StringComparer.Ordinal).Select(g => Group(path, q.Key, g.Key, [.. g]))],
            StringComparer.Ordinal));
    }

    private static PreferenceGroup Group(string path, string query, string group, Dictionary<string, double>[] comparisons)
    {
        try
        {
            return new(comparisons);
        }
        catch (ArgumentException contradiction)
        {
            throw new EvaluationFileException(path, 0, $"group '{group}' of query '{query}' cannot be: {contradiction.Message.TrimEnd('.')}");
        }
    }
}
