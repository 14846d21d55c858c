using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Agents.Tools;

/// <summary>Searches by a question in free words: <c>search</c> gives numbered passages, one a line, that the answer cites by their numbers.</summary>
public static class SearchTool
{
    /// <summary>The tool <c>search</c>.</summary>
    /// <param name="retriever">Finds the passages.</param>
    /// <param name="scope">Tenant, groups and filter; its text is not used.</param>
    /// <param name="top">Passages of one search, at least 1. Default 5.</param>
    /// <param name="maxLength">UTF-16 code units of one passage, at least 1; of a longer one those whole sentences around the best are shown, and can be cited, that fit. Default 600.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> or <paramref name="maxLength"/> is less than 1.</exception>
    public static AIFunction Create(IRetriever retriever, Query scope, int top = 5, int maxLength = 600)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        return ToolFunction.Of("search", "Searches the documents. Gives numbered passages; cite them by their numbers, such as [1].",
            async ([Description("What to find, as a question or as words.")] string question, AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            {
                var found = string.IsNullOrWhiteSpace(question) ? [] : await retriever.RetrieveAsync(scope with { Text = question }, top, cancellationToken);
                return found.Count == 0
                    ? $"Nothing was found for [{Prompt.OnOneLine(question)}]. Try other words, or fewer."
                    : string.Join('\n', found.Select((passage, i) => Line(passage, Cut(passage, question, maxLength), AgentContext.Of(arguments), i + 1)));
            });
    }

    /// <summary>What comes before the text of a passage: its number, title and page.</summary>
    internal static string Heading(int number, Chunk chunk) =>
        string.Create(CultureInfo.InvariantCulture, $"[{number}] {Prompt.OnOneLine(chunk.Title.Length > 0 ? chunk.Title : chunk.DocumentId)}{(chunk.PlaceOf(chunk.Span) is { } place ? $", {Prompt.OnOneLine(place)}" : chunk.Pages is { } pages ? $", p. {pages.At(chunk.Span.Start)}" : "")}: ");

    private static string Line(ScoredChunk whole, Chunk shown, AgentContext? context, int index)
    {
        var (before, after) = (shown.Span.Start > whole.Chunk.Span.Start ? "… " : "", shown.Span.End < whole.Chunk.Span.End ? " …" : "");
        return $"{Heading(context?.Cite(shown, whole.Score) ?? index, shown)}{before}{Prompt.OnOneLine(shown.Text)}{after}";
    }

    private static Chunk Cut(ScoredChunk passage, string question, int maxLength)
    {
        var chunk = passage.Chunk;
        return chunk.Text.Length <= maxLength ? chunk
            : PassagePacker.Cut(passage, question, c => c.Chunk.Text.Length <= maxLength)?.Chunk ?? PassagePacker.Part(chunk, new(0, Prompt.Shorten(chunk.Text, maxLength).Length));
    }
}
