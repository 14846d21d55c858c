namespace Rag.Chat.Dialogue;

/// <summary>Says where something stands, as a person would look for it.</summary>
internal static class Place
{
    /// <summary>The file relative to the current folder where it lies in it, else the document's id, which begins with the name of the folder that was ingested.</summary>
    public static string Of(Chunk chunk)
    {
        var relative = chunk.Path is { Length: > 0 } path ? Path.GetRelativePath(Environment.CurrentDirectory, path) : "..";
        return Plain.Line(relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? chunk.DocumentId : relative);
    }

    /// <summary>The page of a quote, else its line, else nothing.</summary>
    public static string PageOrLine(Citation citation) => (citation.Page, citation.Line) switch
    {
        ({ } page, _) => $", page {page}",
        (_, { } line) => $", line {line}",
        _ => "",
    };

    /// <summary>The pages of a passage, else its lines, else nothing.</summary>
    public static string PagesOrLines(Chunk chunk) => (chunk.Pages, chunk.Lines) switch
    {
        ({ } pages, _) => Range(", page", pages),
        (_, { } lines) => Range(", line", lines),
        _ => "",
    };

    private static string Range(string name, Numbering numbers) =>
        numbers.Count == 1 ? $"{name} {numbers.First}" : $"{name}s {numbers.First}–{numbers.First + numbers.Count - 1}";
}
