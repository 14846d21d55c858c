namespace Rag.Llama.Chat;

/// <summary>Follows JSON that comes in pieces and knows whether it is inside a string and where it ends. White space and a name may stand before it.</summary>
internal sealed class JsonExtent
{
    private bool _escaped;
    private int _depth;
    private bool _named;

    /// <summary>Whether the next character belongs to a string.</summary>
    public bool InString { get; private set; }

    /// <summary>Whether an object or array has begun and ended.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes a character.</summary>
    public void Feed(char character)
    {
        if (InString)
        {
            InString = _escaped || character != '"';
            _escaped = !_escaped && character == '\\';
        }
        else if (character == '{' || (character == '[' && !(_named && _depth == 0)))
        {
            _depth++;
        }
        else if (character is '}' or ']' && _depth > 0)
        {
            IsComplete = --_depth == 0;
        }
        else if (_depth > 0)
        {
            InString = character == '"';
        }
        else
        {
            _named |= !char.IsWhiteSpace(character);
        }
    }
}
