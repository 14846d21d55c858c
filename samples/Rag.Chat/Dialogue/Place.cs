namespace Rag.Chat.Dialogue;

/// <summary>Says where something stands, as a person would look for it.</summary>
internal static class Place
{
    /// <summary>The file relative to the current folder where it lies in it, else the document's id, which begins with the name of the folder that was ingested, or is the address of a web page.</summary>
    public static string Of(Chunk chunk)
    {
        var relative = chunk.Path is { Length: > 0 } path && Path.IsPathRooted(path) ? Path.GetRelativePath(Environment.CurrentDirectory, path) : "..";
        return Plain.Line(relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? chunk.DocumentId : relative);
    }

    /// <summary>The name of a quote's place, else its page, else its line, else nothing.</summary>
    public static string PageOrLine(Citation citation) => (citation.Place, citation.Page, citation.Line) switch
    {
        ({ } place, _, _) => $", {Plain.Line(place)}",
        (_, { } page, _) => $", page {page}",
        (_, _, { } line) => $", line {line}",
        _ => "",
    };

    /// <summary>The names of a passage's places, else its pages, else its lines, else nothing.</summary>
    public static string PagesOrLines(Chunk chunk) => (chunk.PlaceOf(chunk.Span), chunk.Pages, chunk.Lines) switch
    {
        ({ } place, _, _) => $", {Plain.Line(place)}",
        (_, { } pages, _) => Range(", page", pages),
        (_, _, { } lines) => Range(", line", lines),
        _ => "",
    };

    private static string Range(string name, Numbering numbers) =>
        numbers.Count == 1 ? $"{name} {numbers.First}" : $"{name}s {numbers.First}–{numbers.First + numbers.Count - 1}";
}
