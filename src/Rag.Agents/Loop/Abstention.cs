namespace Rag.Agents.Loop;

/// <summary>How a model says that it does not know.</summary>
internal static class Abstention
{
    /// <summary>The word that prompts ask for.</summary>
    public const string Word = "UNKNOWN";

    private static readonly string[] Forms = ["unknown", "i do not know", "i don't know", "unanswerable", "none"];

    /// <summary>Whether the whole text says so and nothing else.</summary>
    public static bool Is(string text) => Forms.Contains(text.Trim(' ', '\t', '\n', '\r', '.', '*', '"', '\'', '`', '[', ']').ToLowerInvariant());
}
