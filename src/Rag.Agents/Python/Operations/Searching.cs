namespace Rag.Agents.Python.Operations;

/// <summary>The cost of a search for a text within a text.</summary>
internal static class Searching
{
    /// <summary>Steps. The search of .NET may compare the whole part at many places, so the product of both lengths is the bound.</summary>
    public static long Cost(string text, string part) => (long)text.Length * Math.Max(1, part.Length / 16) / 64;
}
