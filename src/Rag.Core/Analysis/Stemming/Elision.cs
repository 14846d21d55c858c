namespace Rag.Analysis.Stemming;

/// <summary>Words that French and Italian write without their vowel before another word, such as <c>l'</c> and <c>dell'</c>.</summary>
internal static class Elision
{
    private static readonly WordSet OfFrench = new("c d j l m n s t z qu lorsqu puisqu quoiqu jusqu");
    private static readonly WordSet OfItalian = new("d l m s t v all dall dell gl nell quell quest sull tutt un");

    /// <summary>The length of the elided word and its apostrophe that the lower-case <paramref name="word"/> begins with; 0 when there is none or nothing after it.</summary>
    public static int Prefix(ReadOnlySpan<char> word, string? language)
    {
        if (language is not ("fr" or "it"))
        {
            return 0;
        }

        var apostrophe = word.IndexOfAny('\'', '’');
        return apostrophe > 0 && apostrophe + 1 < word.Length && (language == "fr" ? OfFrench : OfItalian).Contains(word[..apostrophe]) ? apostrophe + 1 : 0;
    }
}
