namespace Rag.Pdf.Files;

/// <summary>Finds objects and trailers by looking for them, where the cross-reference table does not lead to them. One pass for each keyword, whatever the file.</summary>
internal sealed class FileScan
{
    /// <summary>Trailers read, from the last backwards.</summary>
    private const int MaxTrailers = 64;

    /// <summary>Digits and white space that may stand before <c>obj</c>.</summary>
    private const int MaxBefore = 16;

    private readonly List<FoundObject> _objects = [];

    private FileScan()
    {
    }

    /// <summary>In the order of the file; a number may come more than once.</summary>
    public IReadOnlyList<FoundObject> Objects => _objects;

    /// <summary>Objects in which <c>/ObjStm</c> occurs, in the order of the file.</summary>
    public IReadOnlyList<FoundObject> ObjectStreams { get; private set; } = [];

    /// <summary>Objects in which <c>/XRef</c> occurs, the last ones in the order of the file.</summary>
    public IReadOnlyList<FoundObject> CrossReferenceStreams { get; private set; } = [];

    /// <summary>Where the last trailer dictionaries begin.</summary>
    public IReadOnlyList<int> Trailers { get; private set; } = [];

    public static FileScan Of(ReadOnlySpan<byte> file)
    {
        var scan = new FileScan();
        scan.FindObjects(file);
        scan.ObjectStreams = scan.Owners(Find(file, "/ObjStm"u8));
        scan.CrossReferenceStreams = [.. scan.Owners(Find(file, "/XRef"u8)).TakeLast(MaxTrailers)];
        scan.Trailers = [.. Find(file, "trailer"u8).TakeLast(MaxTrailers).Select(p => p + 7)];
        return scan;
    }

    private static List<int> Find(ReadOnlySpan<byte> file, ReadOnlySpan<byte> keyword)
    {
        var found = new List<int>();
        for (var position = 0; file[position..].IndexOf(keyword) is var next and >= 0; position += keyword.Length)
        {
            position += next;
            found.Add(position);
        }

        return found;
    }

    private void FindObjects(ReadOnlySpan<byte> file)
    {
        for (var position = 0; file[position..].IndexOf("obj"u8) is var next and >= 0; position += 3)
        {
            position += next;
            var p = position;
            if (TryDigitsBefore(file, ref p, out var generation) && p > 0 && Scanner.IsWhite(file[p - 1]) && TryDigitsBefore(file, ref p, out var number))
            {
                _objects.Add(new(number, generation, p));
            }
        }
    }

    /// <summary>Reads digits backwards, past white space.</summary>
    private static bool TryDigitsBefore(ReadOnlySpan<byte> file, ref int position, out int value)
    {
        var p = position;
        var least = Math.Max(0, p - MaxBefore);
        while (p > least && Scanner.IsWhite(file[p - 1]))
        {
            p--;
        }

        var end = p;
        while (p > least && Scanner.IsDigit(file[p - 1]))
        {
            p--;
        }

        position = p;
        return Scanner.TryDigits(file[..end], ref p, out value);
    }

    /// <summary>The objects in which these positions lie, each once.</summary>
    private List<FoundObject> Owners(List<int> positions)
    {
        var owners = new List<FoundObject>();
        var next = 0;
        foreach (var position in positions)
        {
            while (next < _objects.Count && _objects[next].Position <= position)
            {
                next++;
            }

            if (next > 0 && (owners.Count == 0 || owners[^1] != _objects[next - 1]))
            {
                owners.Add(_objects[next - 1]);
            }
        }

        return owners;
    }
}

/// <summary>An <c>N G obj</c> found in a file.</summary>
internal readonly record struct FoundObject(int Number, int Generation, int Position);
