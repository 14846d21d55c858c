namespace Rag;

/// <summary>Counts the tokens of a text as some model would. Safe for concurrent use; a longer text never counts less than its beginning.</summary>
public interface ITokenCounter
{
    /// <summary>The number of tokens in <paramref name="text"/>; 0 only for an empty or blank text.</summary>
    int Count(ReadOnlySpan<char> text);
}
