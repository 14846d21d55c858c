namespace Rag.Ingest.Reading.Markup;

/// <summary>Writes blocks of running text whose lines keep their numbers.</summary>
/// <param name="builder">Takes the blocks.</param>
/// <param name="inline">Takes the markup out of a text; keeps its line breaks.</param>
internal sealed class Prose(DocumentBuilder builder, Func<string, string> inline)
{
    private const int LongestText = 8_000;

    /// <summary>Writes lines as one block.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="number">Number of the first of them.</param>
    /// <param name="level">Of a heading or list item.</param>
    /// <param name="mark">Written before it, such as a bullet.</param>
    /// <param name="between">Between two lines.</param>
    public void Add(BlockKind kind, IReadOnlyList<string> lines, int number, int level = 0, string mark = "", string between = " ")
    {
        var plain = Plain(string.Join('\n', lines.Select(line => line.Trim()))).Split('\n');
        if (mark.Length > 0 && plain.All(string.IsNullOrWhiteSpace))
        {
            return;
        }

        builder.Begin(kind, level);
        builder.Append(mark);
        for (var i = 0; i < plain.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(plain[i]))
            {
                builder.StartLine(number + Math.Min(i, lines.Count - 1));
                builder.Append(plain[i]);
                builder.Append(between);
            }
        }

        builder.End();
    }

    /// <summary>Writes lines as code, without the indentation that they share.</summary>
    public void AddCode(ReadOnlySpan<string> lines, int number)
    {
        var shared = int.MaxValue;
        foreach (var line in lines)
        {
            shared = string.IsNullOrWhiteSpace(line) ? shared : Math.Min(shared, Indent(line));
        }

        builder.Begin(BlockKind.Code);
        foreach (var line in lines)
        {
            builder.StartLine(number++);
            builder.Append(line.Length > shared ? line[shared..] : line.TrimStart());
            builder.Append("\n");
        }

        builder.End();
    }

    /// <summary>Writes rows of cells as a table.</summary>
    public void AddTable(IEnumerable<IReadOnlyList<string>> rows, int number)
    {
        builder.StartLine(number);
        builder.Add(BlockKind.Table, PipeTable.Of([.. rows.Select(row => row.Select(cell => Plain(cell.Trim())).ToArray())]));
    }

    // what opens and never closes makes expressions pass over the rest of a text again and again
    private string Plain(string text) => text.Length <= LongestText ? inline(text) : string.Join('\n', text.Split('\n').Select(line => line.Length <= LongestText ? inline(line) : line));

    /// <summary>Characters of white space that a line begins with.</summary>
    public static int Indent(string line) => line.Length - line.TrimStart().Length;
}
