namespace Rag.Analysis.Stemming;

/// <summary>What the two English algorithms of Porter agree on.</summary>
internal static class EnglishLetters
{
    /// <summary>Writes each <c>y</c> that is a consonant, the first letter or one after a vowel, as <c>Y</c>.</summary>
    public static void MarkConsonantY(Span<char> word)
    {
        for (var i = word.IndexOf('y'); i >= 0 && i < word.Length; i++)
        {
            if (word[i] == 'y' && (i == 0 || word[i - 1] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y'))
            {
                word[i] = 'Y';
            }
        }
    }
}
