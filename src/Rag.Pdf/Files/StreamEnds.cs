namespace Rag.Pdf.Files;

/// <summary>Where <c>endstream</c> and <c>endobj</c> stand in a file, for streams whose length is wrong. Found once, when first asked for.</summary>
internal sealed class StreamEnds(ReadOnlyMemory<byte> file)
{
    private readonly Lazy<int[]> _positions = new(() => Find(file.Span));

    /// <summary>Where the data that begin at <paramref name="start"/> end, without the line end before the keyword; the end of the file where no keyword follows.</summary>
    public int After(int start)
    {
        var index = Array.BinarySearch(_positions.Value, start);
        index = index < 0 ? ~index : index;
        if (index == _positions.Value.Length)
        {
            return file.Length;
        }

        var end = _positions.Value[index];
        var span = file.Span;
        if (end > start && span[end - 1] == '\n')
        {
            end--;
        }

        return end > start && span[end - 1] == '\r' ? end - 1 : end;
    }

    private static int[] Find(ReadOnlySpan<byte> file)
    {
        var found = new List<int>();
        for (var position = 0; file[position..].IndexOf("end"u8) is var next and >= 0; position += 3)
        {
            position += next;
            var rest = file[(position + 3)..];
            if (rest.StartsWith("stream"u8) || rest.StartsWith("obj"u8))
            {
                found.Add(position);
            }
        }

        return [.. found];
    }
}
