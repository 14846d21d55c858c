using System.Text;

namespace Rag.Generation.Chat;

/// <summary>Estimates the tokens of a text that comes in pieces, in time linear in its length.</summary>
internal sealed class WrittenTokens
{
    // Counted in stretches, since a piece may be half a word: at most one token too many for each.
    private const int Stretch = 256;

    private readonly StringBuilder _open = new();
    private int _counted;

    public int Count => _counted + PromptRoom.CountWritten(_open.ToString());

    public void Add(string piece)
    {
        _open.Append(piece);
        if (_open.Length >= Stretch)
        {
            _counted = Count;
            _open.Clear();
        }
    }
}
