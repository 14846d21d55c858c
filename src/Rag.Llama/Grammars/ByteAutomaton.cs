namespace Rag.Llama.Grammars;

/// <summary>The UTF-8 bytes of all character classes of a grammar as one automaton: a state is what is left of a class inside a character.</summary>
/// <remarks>Bytes that no class tells apart are one byte class, so rows are short.</remarks>
internal sealed class ByteAutomaton
{
    /// <summary>The byte cannot stand here.</summary>
    public const int None = -1;

    /// <summary>The byte ends the character.</summary>
    public const int Done = -2;

    private readonly int[] _next;

    private ByteAutomaton(byte[] classes, int classCount, int[] next)
    {
        Classes = classes;
        ClassCount = classCount;
        _next = next;
    }

    /// <summary>The byte class of each byte, [256].</summary>
    public byte[] Classes { get; }

    public int ClassCount { get; }

    /// <summary>The state after a byte of <paramref name="byteClass"/>, or <see cref="None"/> or <see cref="Done"/>.</summary>
    public int Next(int state, int byteClass) => _next[state * ClassCount + byteClass];

    /// <summary>Packs one row of 256 targets for each state.</summary>
    public static ByteAutomaton Pack(IReadOnlyList<int[]> rows)
    {
        var classes = new byte[256];
        var finer = new Dictionary<(int Class, int Target), int>();
        foreach (var row in rows)
        {
            finer.Clear();
            for (var value = 0; value < 256; value++)
            {
                finer.TryAdd((classes[value], row[value]), finer.Count);
                classes[value] = (byte)finer[(classes[value], row[value])];
            }
        }

        var representatives = Enumerable.Range(0, 256).DistinctBy(value => classes[value]).OrderBy(value => classes[value]).ToArray();
        var next = rows.SelectMany(row => representatives.Select(representative => row[representative])).ToArray();
        return new ByteAutomaton(classes, representatives.Length, next);
    }
}
