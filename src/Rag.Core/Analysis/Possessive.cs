namespace Rag.Analysis;

/// <summary>The English possessive ending.</summary>
internal static class Possessive
{
    /// <summary>The length of <paramref name="word"/> without <c>'s</c>, whichever apostrophe and case it is written with.</summary>
    public static int Strip(ReadOnlySpan<char> word) =>
        word.Length >= 2 && word[^1] is 's' or 'S' && word[^2] is '\'' or '\u2019' or '\uFF07' ? word.Length - 2 : word.Length;
}
