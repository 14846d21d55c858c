using Rag.Analysis;

namespace Rag.Queries;

/// <summary>Words that mean the same: abbreviations, synonyms, the names a company has for things. Immutable and safe for concurrent use.</summary>
/// <remarks>
/// Read from text with one entry a line, in the form that Solr and Lucene have for synonyms: <c>k8s, kubernetes</c> means each other, <c>laptop => notebook, portable computer</c> what stands left
/// means what stands right. Empty lines and lines that begin with <c>#</c> are passed over. An entry may have several words. Words are compared as the index does: whole, in lower case, by their stems.
/// </remarks>
public sealed class Glossary
{
    private const string Arrow = "=>";

    private readonly IAnalyzer _analyzer;
    private readonly Dictionary<string, List<Entry>> _byFirstTerm = new(StringComparer.Ordinal);

    private Glossary(IAnalyzer analyzer) => _analyzer = analyzer;

    /// <summary>Reads a glossary.</summary>
    /// <param name="text">Its lines.</param>
    /// <param name="language">Two-letter language of its words, <see langword="null"/> where unknown. Default English.</param>
    /// <exception cref="FormatException">A line has no second expression, an empty one, or one without a word that is indexed; the message has its number.</exception>
    public static Glossary Parse(string text, string? language = Analyzers.AssumedLanguage)
    {
        ArgumentNullException.ThrowIfNull(text);
        var glossary = new Glossary(Analyzers.For(language));
        var number = 0;
        foreach (var line in text.EnumerateLines())
        {
            number++;
            if (line.Trim() is { IsEmpty: false } entry && entry[0] != '#')
            {
                glossary.Add(entry.ToString(), number);
            }
        }

        return glossary;
    }

    /// <summary>The text once for each expression in it that means something else, with that in its place; in the order of the text, longer expressions first.</summary>
    /// <param name="text">Any text.</param>
    public IEnumerable<string> Variants(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Words(text);
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var entry in _byFirstTerm.GetValueOrDefault(words[i].Term, []).Where(e => StandsAt(words, i, e)).OrderByDescending(e => e.Terms.Count))
            {
                foreach (var meaning in entry.Meanings)
                {
                    yield return $"{text[..words[i].Span.Start]}{meaning}{text[words[i + entry.Terms.Count - 1].Span.End..]}";
                }
            }
        }
    }

    private static bool StandsAt(List<Word> words, int place, Entry entry) => place + entry.Terms.Count <= words.Count
        && entry.Terms.Index().All(t => words[place + t.Index].Term == t.Item.Term && words[place + t.Index].Position - words[place].Position == t.Item.Position - entry.Terms[0].Position);

    private void Add(string line, int number)
    {
        var (left, right) = line.IndexOf(Arrow, StringComparison.Ordinal) is >= 0 and var arrow
            ? (Expressions(line[..arrow], number), Expressions(line[(arrow + Arrow.Length)..], number))
            : (Expressions(line, number), Expressions(line, number));
        foreach (var expression in left)
        {
            string[] meanings = [.. right.Where(r => !string.Equals(r, expression, StringComparison.OrdinalIgnoreCase))];
            var terms = Words(expression);
            if (meanings.Length == 0 || terms.Count == 0)
            {
                throw new FormatException($"Line {number} of the glossary, '{line}', says of '{expression}' no other expression with a word that is indexed. Write 'k8s, kubernetes' or 'laptop => notebook'.");
            }

            if (!_byFirstTerm.TryGetValue(terms[0].Term, out var entries))
            {
                _byFirstTerm.Add(terms[0].Term, entries = []);
            }

            entries.Add(new(terms, meanings));
        }
    }

    private static string[] Expressions(string side, int number)
    {
        string[] expressions = [.. side.Split(',').Select(e => e.Trim())];
        return expressions.Contains("") ? throw new FormatException($"Line {number} of the glossary has an empty expression in '{side.Trim()}'. Write 'k8s, kubernetes' or 'laptop => notebook'.") : expressions;
    }

    // One term for each word: of an identifier the whole.
    private List<Word> Words(string text)
    {
        List<Word> words = [];
        _analyzer.Analyze(text, (term, position, span) =>
        {
            if (words.Count == 0 || position != words[^1].Position)
            {
                words.Add(new(term.ToString(), position, span));
            }
        });
        return words;
    }

    private readonly record struct Word(string Term, int Position, TextSpan Span);

    private sealed record Entry(IReadOnlyList<Word> Terms, IReadOnlyList<string> Meanings);
}
