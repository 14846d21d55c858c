using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Agents.Tools;

/// <summary>Reads a document page by page: <c>read_document</c> gives the text of one page, or of one part where the format has no pages, in numbered passages that the answer can cite.</summary>
public static class PageReader
{
    // A part, or of a long page as much as is shown; leaves room in an observation of 8000.
    private const int MaxLength = 6000;

    // A document with that title has all its words, so it is among the first.
    private const int Depth = 100;
    private const int Similar = 5;

    /// <summary>The tool <c>read_document</c>.</summary>
    /// <param name="store">Where the documents are.</param>
    /// <param name="retriever">Finds a document by its title.</param>
    /// <param name="scope">Tenant, groups and filter; its text is not used.</param>
    public static AIFunction Create(IChunkStore store, IRetriever retriever, Query scope)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(scope);
        var documents = new ScopedDocuments(store, retriever, scope);
        return ToolFunction.Of("read_document", "Reads a page of a document. Gives numbered passages; cite them by their numbers, such as [1].",
            async ([Description("Title or id of the document.")] string document, AIFunctionArguments arguments, CancellationToken cancellationToken,
                [Description("Number of the page, or of the part where there are no pages; from 1.")] int page = 1) =>
            {
                var (title, found) = (document.Trim(), (IReadOnlyList<Chunk>)[]);
                var opened = title.Length == 0 ? null : await documents.OpenAsync(title, cancellationToken);
                if (opened is null)
                {
                    (opened, found) = await documents.NamedAsync(title, Depth, cancellationToken);
                }

                return opened is not null ? Read(opened, page, AgentContext.Of(arguments))
                    : $"There is no document [{Prompt.OnOneLine(title)}]. {(found.Count == 0 ? "Use search to find one." : $"Similar: {string.Join("; ", found.Select(c => Prompt.OnOneLine(c.Title)).Distinct().Take(Similar))}.")}";
            });
    }

    private static string Read(ScopedDocument opened, int number, AgentContext? context)
    {
        var (document, title) = (opened.Document, Prompt.OnOneLine(opened.Document.Title));
        var (kind, first, pages) = document.Pages is { } numbering ? ("page", numbering.First, Pages(numbering, document.Text.Length)) : ("part", 1, Parts(opened.Chunks));
        var last = first + pages.Count - 1;
        if (pages.Count == 0)
        {
            return $"{title} has no text.";
        }

        if (number < first || number > last)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{title} has no {kind} {number}. Ask for one from {first} to {last}.");
        }

        var whole = pages[number - first];
        var shown = new TextSpan(whole.Start, whole.Start + Prompt.Shorten(whole.Of(document.Text), MaxLength).Length);
        var reply = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{title}, {kind} {number} of {last}:"));
        var at = shown.Start;
        foreach (var (mark, span) in opened.Cite(context, shown))
        {
            Append(new TextSpan(at, span.Start).Of(document.Text), "");
            Append(span.Of(document.Text), string.Create(CultureInfo.InvariantCulture, $"[{mark}] "));
            at = span.End;
        }

        Append(new TextSpan(at, shown.End).Of(document.Text), "");
        return reply.Append(shown.End < whole.End ? string.Create(CultureInfo.InvariantCulture, $"\nThe {kind} goes on; search for the rest of it.") : at == shown.Start ? "\nIt has no text." : "").ToString();

        void Append(string text, string mark)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                reply.Append('\n').Append(mark).Append(text.Trim());
            }
        }
    }

    private static List<TextSpan> Pages(Numbering pages, int length) => [.. pages.Starts.Select((start, i) => new TextSpan(start, i + 1 < pages.Count ? pages.Starts[i + 1] : Math.Max(start, length)))];

    // Runs of whole chunks.
    private static List<TextSpan> Parts(IReadOnlyList<Chunk> chunks)
    {
        var parts = new List<TextSpan>();
        foreach (var chunk in chunks)
        {
            if (parts.Count > 0 && chunk.Span.End - parts[^1].Start <= MaxLength)
            {
                parts[^1] = new(parts[^1].Start, Math.Max(parts[^1].End, chunk.Span.End));
            }
            else
            {
                parts.Add(chunk.Span);
            }
        }

        return parts;
    }
}
