namespace Rag.Pdf.Content;

/// <summary>What q saves and Q brings back (8.4.2). Deeper than <see cref="Deepest"/> it only counts, so that a million q cost nothing.</summary>
internal sealed class StateStack
{
    private const int Deepest = 1000;
    private GraphicsState[] _saved = new GraphicsState[8];

    /// <summary>How many q are open.</summary>
    public int Depth { get; private set; }

    public void Push(in GraphicsState state)
    {
        if (Depth < Deepest)
        {
            if (Depth == _saved.Length)
            {
                Array.Resize(ref _saved, Depth * 2);
            }

            _saved[Depth] = state;
        }

        Depth++;
    }

    /// <summary>Undoes the last q after the first <paramref name="kept"/>; where there is none, nothing changes.</summary>
    public void Pop(ref GraphicsState state, int kept)
    {
        if (Depth > kept && --Depth < Deepest)
        {
            state = _saved[Depth];
        }
    }

    /// <summary>Forgets what is open beyond <paramref name="depth"/>.</summary>
    public void Cut(int depth) => Depth = Math.Min(Depth, depth);
}
