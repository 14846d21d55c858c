using System.Runtime.InteropServices;

namespace Rag.Pdf.Content;

/// <summary>Text that is only a clip (rendering mode 7, 9.3.6): it is seen if something is painted through it, as headings with a gradient are.</summary>
internal sealed class TextClip(List<Letter> letters)
{
    private int _begun;
    private int _from;
    private int _to;
    private int _depth;

    /// <summary>A text object begins.</summary>
    public void Begin() => _begun = letters.Count;

    /// <summary>A text object ends, with <paramref name="depth"/> states saved; its letters are a clip from now on where <paramref name="isClip"/>.</summary>
    public void End(bool isClip, int depth)
    {
        if (isClip && letters.Count > _begun)
        {
            (_from, _to, _depth) = (_begun, letters.Count, depth);
        }
    }

    /// <summary>A state is brought back, and with it the clip before.</summary>
    public void Restore(int depth)
    {
        if (depth < _depth)
        {
            (_from, _to) = (0, 0);
        }
    }

    /// <summary>Something is painted: the letters of the clip are seen.</summary>
    public void Paint()
    {
        if (_to > _from && _to <= letters.Count)
        {
            foreach (ref var letter in CollectionsMarshal.AsSpan(letters)[_from.._to])
            {
                letter.Flags &= (letter.Flags & LetterFlags.Clipped) == 0 ? ~LetterFlags.Invisible : letter.Flags;
            }
        }

        (_from, _to) = (0, 0);
    }
}
