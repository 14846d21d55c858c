namespace Rag.Ingest.Reading.Outlines;

/// <summary>Where a text may be cut without tearing apart what belongs together.</summary>
/// <param name="Start">Where the piece behind it begins.</param>
/// <param name="Context">What encloses that piece; <see langword="null"/> for nothing.</param>
internal readonly record struct Joint(int Start, string? Context)
{
    /// <summary>Characters of a piece that need not be cut any further, about <see cref="Chunking.ChunkSize.Target"/> tokens.</summary>
    public const int Small = 800;

    private const int LongestName = 60;
    private const int LongestContext = 400; // it is repeated in many blocks

    /// <summary>A context with one more level.</summary>
    public static string Inside(string? context, string name)
    {
        name = name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] + "…";
        return context is null ? name : context.Length > LongestContext ? context : name.StartsWith('[') ? context + name : $"{context} > {name}";
    }

    /// <summary>Writes the text as blocks of code: verbatim, each line with its number, divided at the joints.</summary>
    /// <param name="builder">Takes the blocks.</param>
    /// <param name="text">The text.</param>
    /// <param name="joints">Where to divide it; ascending, none inside a line break.</param>
    public static void Write(DocumentBuilder builder, string text, IReadOnlyList<Joint> joints)
    {
        var (line, next) = (1, 0);
        for (var start = 0; start < text.Length;)
        {
            builder.StartContext(next == 0 ? null : joints[next - 1].Context);
            while (next < joints.Count && joints[next].Start <= start)
            {
                builder.StartContext(joints[next++].Context);
            }

            var end = next < joints.Count ? joints[next].Start : text.Length;
            line = WritePiece(builder, text.AsSpan(start, end - start), line);
            start = end;
        }
    }

    private static int WritePiece(DocumentBuilder builder, ReadOnlySpan<char> piece, int line)
    {
        builder.Begin(BlockKind.Code);
        while (!piece.IsEmpty)
        {
            builder.StartLine(line);
            var end = piece.IndexOfAny('\r', '\n');
            var length = end < 0 ? piece.Length : end + (piece[end] == '\r' && end + 1 < piece.Length && piece[end + 1] == '\n' ? 2 : 1);
            builder.Append(piece[..length]);
            piece = piece[length..];
            line += end < 0 ? 0 : 1;
        }

        builder.End();
        return line;
    }
}
