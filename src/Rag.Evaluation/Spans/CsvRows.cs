using System.Text;

namespace Rag.Evaluation.Spans;

/// <summary>Reads comma-separated values (RFC 4180): a field in quotes may hold commas, line breaks and doubled quotes.</summary>
internal static class CsvRows
{
    /// <summary>The rows of a text, each with the 1-based line it begins on. Empty lines are left out.</summary>
    /// <exception cref="EvaluationFileException">A quote is not closed, or text follows a closing quote.</exception>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Of(string path, string text)
    {
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var first = line;
            List<string> fields = [];
            do
            {
                fields.Add(Field(path, text, ref at, ref line));
            }
            while (at < text.Length && text[at++] == ',');
            line++;
            if (fields is not [""])
            {
                yield return (first, fields);
            }
        }
    }

    // Leaves `at` on the comma or the line feed behind the field, or at the end.
    private static string Field(string path, string text, ref int at, ref int line)
    {
        if (at == text.Length || text[at] != '"')
        {
            var end = text.IndexOfAny([',', '\n'], at) is var found && found < 0 ? text.Length : found;
            var plain = text[at..end].TrimEnd('\r');
            at = end;
            return plain;
        }

        var (begin, field) = (line, new StringBuilder());
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && (++at == text.Length || text[at] != '"'))
            {
                at += at < text.Length && text[at] == '\r' ? 1 : 0;
                return at == text.Length || text[at] is ',' or '\n' ? field.ToString() : throw new EvaluationFileException(path, line, "text follows the quote that closes a field; double a quote that belongs to the field");
            }

            line += text[at] == '\n' ? 1 : 0;
            field.Append(text[at]);
        }

        throw new EvaluationFileException(path, begin, "a quote begins here that no other closes");
    }
}
