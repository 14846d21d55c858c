using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>Words by which English questions ask, rather than what they ask about: "what is the <b>name</b> of", "how <b>many</b>". Sentences that answer seldom hold them.</summary>
internal static class FrameWords
{
    private static readonly WordSet All = new("""
        name names named call called known term terms type types kind kinds sort example examples word words many much long often happen happened occur cause caused reason reasons purpose role
        year years date day time times person people place places thing things way ways considered said say think thought used use uses using referred refer become became get got make made makes
        take took one two first given give found find main major part group form number amount percentage percent result resulted effect located believe believed another common commonly usually
        generally different specific particular describe described define defined mean means come came go went there list show shown
        """);

    /// <summary>Whether a word is one of them.</summary>
    /// <param name="word">In lower case.</param>
    public static bool Contains(string word) => All.Words.Contains(word);
}
