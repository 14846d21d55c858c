namespace Rag.Ingest.Reading.Outlines;

/// <summary>Divides code and data by their indentation: what is indented belongs to the line above it.</summary>
/// <remarks>
/// Each declaration, with the comments and attributes above it, is a piece; lines that stand alone share one. What is larger than <see cref="Joint.Small"/> is divided in turn, its parts in the context of its name.
/// Nothing is cut inside a string or comment, and no line is.
/// </remarks>
internal sealed class IndentedOutline(string text, List<CodeLine> lines, bool isData)
{
    private const int MostLevels = 16;

    private readonly List<Joint> _joints = [];

    public static List<Joint> Of(string text, CodeSyntax syntax, CancellationToken cancellationToken)
    {
        var outline = new IndentedOutline(text, new CodeLines(text, syntax).All(cancellationToken), syntax.IsData);
        outline.Divide(0, outline.Count, null, level: 0, isBegun: false, isInFunction: false);
        return outline._joints;
    }

    private int Count => lines.Count;

    // isBegun: the first piece goes on with what is written of the piece before
    private void Divide(int from, int to, string? context, int level, bool isBegun, bool isInFunction)
    {
        var indent = int.MaxValue;
        for (var i = from; i < to; i++)
        {
            indent = lines[i].Kind == CodeLineKind.Start ? Math.Min(indent, lines[i].Indent) : indent;
        }

        var (start, length) = (from, isBegun ? 0 : Joint.Small); // length of the piece of single lines that is open; a full one takes no more
        while (start < to)
        {
            var first = First(start, to, indent);
            var next = Next(first + 1, to, indent);
            var size = Offset(next) - Offset(start);
            var body = Body(first + 1, next, indent);
            if (!isBegun && !(body == next && length + size <= Joint.Small))
            {
                _joints.Add(new(Offset(start), context));
                length = 0;
            }

            isBegun = false;
            length = body == next ? length + size : Joint.Small;
            if (size > Joint.Small && first < next)
            {
                var inner = CodeNames.Of(text.AsSpan(lines[first].First, lines[first].End - lines[first].First), isData, isInFunction, out var isFunction) is { } name ? Joint.Inside(context, name) : context;
                _joints[^1] = _joints[^1] with { Context = inner };
                if (body < next && level < MostLevels)
                {
                    Divide(body, next, inner, level + 1, isBegun: true, isInFunction || isFunction);
                }
            }

            start = next;
        }
    }

    private int Offset(int line) => line < lines.Count ? lines[line].Offset : text.Length;

    private int First(int from, int to, int indent)
    {
        while (from < to && !(lines[from].Kind == CodeLineKind.Start && lines[from].Indent == indent))
        {
            from++;
        }

        return from;
    }

    // where the next thing at this indentation begins, with the comments right above it
    private int Next(int from, int to, int indent)
    {
        var next = First(from, to, indent);
        if (next >= to)
        {
            return to;
        }

        for (var i = next - 1; i >= from; i--)
        {
            while (i > from && lines[i].Kind == CodeLineKind.Tail)
            {
                i--; // the rest of a comment or an attribute, or else of what stands before
            }

            if (lines[i].Kind != CodeLineKind.Head || lines[i].Indent != indent)
            {
                break;
            }

            next = i;
        }

        return next;
    }

    // the first line that is indented more
    private int Body(int from, int to, int indent)
    {
        while (from < to && !(lines[from].Kind is CodeLineKind.Start or CodeLineKind.Head && lines[from].Indent > indent))
        {
            from++;
        }

        return Math.Min(from, to);
    }
}
