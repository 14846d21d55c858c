using System.Text;

namespace Rag.Ingest.Reading.Sheets;

/// <summary>Text in which each line is a record and a delimiter stands between its values.</summary>
internal sealed class SeparatedValues(string text)
{
    private const string Delimiters = ",;\t|";
    private const int SampledRecords = 20;

    private readonly StringBuilder _value = new();

    /// <summary>Writes the records as a table.</summary>
    public void Write(DocumentBuilder builder, CancellationToken cancellationToken)
    {
        var row = new StringBuilder();
        var columns = 0;
        builder.Begin(BlockKind.Table);
        foreach (var (line, values) in Records(Delimiter()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            row.Clear().Append('|');
            values.ForEach(value => PipeTable.AppendCell(row, value));
            row.Append('\n');
            if (columns == 0)
            {
                columns = values.Count;
                PipeTable.AppendRule(row, columns);
            }

            builder.StartLine(line);
            builder.Append(row.ToString());
        }

        builder.End();
    }

    /// <summary>The records that are not blank, each with the line of the text on which it begins. The list of values is used again for the next record.</summary>
    /// <param name="delimiter">What stands between values.</param>
    public IEnumerable<(int Line, List<string> Values)> Records(char delimiter)
    {
        var (values, line, start) = (new List<string>(), 1, 1);
        for (var at = 0; at < text.Length;)
        {
            at = Value(at, delimiter, values, ref line);
            if (at < text.Length && text[at] == delimiter)
            {
                at++;
                if (at < text.Length)
                {
                    continue;
                }

                values.Add("");
            }

            if (values.Exists(value => value.Length > 0))
            {
                yield return (start, values);
            }

            values.Clear();
            at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
            start = ++line;
        }
    }

    // up to the delimiter or the line break behind it
    private int Value(int at, char delimiter, List<string> values, ref int line)
    {
        var begin = at;
        while (at < text.Length && text[at] is ' ' && delimiter != ' ')
        {
            at++;
        }

        if (at >= text.Length || text[at] != '"')
        {
            var rest = text.AsSpan(begin);
            var length = rest.IndexOfAny(delimiter, '\r', '\n') is >= 0 and var found ? found : rest.Length;
            values.Add(rest[..length].Trim().ToString());
            return begin + length;
        }

        _value.Clear();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && (++at == text.Length || text[at] != '"'))
            {
                break; // else the second of two, which stand for one
            }

            line += text[at] == '\n' || (text[at] == '\r' && !(at + 1 < text.Length && text[at + 1] == '\n')) ? 1 : 0;
            _value.Append(text[at]);
        }

        // what follows the closing quote, which the standard does not know
        var tail = text.AsSpan(Math.Min(at, text.Length));
        var after = tail.IndexOfAny(delimiter, '\r', '\n') is >= 0 and var end ? end : tail.Length;
        values.Add(_value.Append(tail[..after].TrimEnd()).ToString().Trim());
        return Math.Min(at, text.Length) + after;
    }

    // the one that gives the most records of the same number of values; of equals the one that gives more values, then the first
    private char Delimiter()
    {
        var (best, most) = (Delimiters[0], (Even: 0, Values: 1));
        foreach (var candidate in Delimiters)
        {
            var counts = Records(candidate).Take(SampledRecords).Select(record => record.Values.Count).ToList();
            if (counts.Count == 0 || counts[0] < 2)
            {
                continue;
            }

            var even = counts.Count(count => count == counts[0]);
            if (even > most.Even || (even == most.Even && counts[0] > most.Values))
            {
                (best, most) = (candidate, (even, counts[0]));
            }
        }

        return best;
    }
}
