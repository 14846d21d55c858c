using Rag.Storage;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Shows a passage in its surroundings, and how passages were chosen.</summary>
internal sealed class PassageView(IAnsiConsole console)
{
    // About a third of a screen before and after the passage.
    private const int Around = 600;

    // A few lines of a passage in a list.
    private const int Glance = 240;

    /// <summary>Shows the cited passage with the text before and after it, its quotes in bold.</summary>
    public async Task OpenAsync(IChunkStore store, string tenant, Chunk chunk, IEnumerable<TextSpan> quotes, CancellationToken cancellationToken)
    {
        console.MarkupLineInterpolated($"[bold]{Plain.Line(chunk.Path ?? chunk.DocumentId)}[/][grey]{Place.PagesOrLines(chunk)}[/]");
        if (await store.GetDocumentAsync(chunk.DocumentId, tenant, cancellationToken) is not { } document || document.Text.Length < chunk.Span.End)
        {
            console.MarkupLine("[yellow]The document has changed or gone since the answer; this is the passage as it was found:[/]");
            console.WriteLine(Plain.Text(chunk.Text));
            return;
        }

        var text = document.Text;
        var start = Before(text, chunk.Span.Start);
        var end = After(text, chunk.Span.End);
        console.WriteLine();
        console.Markup(start > 0 ? "[grey]…\n[/]" : "");
        Write(text[start..chunk.Span.Start], "grey");
        var done = chunk.Span.Start;
        foreach (var quote in quotes.Order())
        {
            Write(text[done..quote.Start], "default");
            Write(text[Math.Max(done, quote.Start)..quote.End], "bold yellow");
            done = Math.Max(done, quote.End);
        }

        Write(text[done..chunk.Span.End], "default");
        Write(text[chunk.Span.End..end], "grey");
        console.MarkupLine(end < text.Length ? "[grey]\n…[/]" : "");
    }

    /// <summary>Lists passages with the beginning of each; with the terms that brought it up where the query asked for them.</summary>
    public void List(IReadOnlyList<ScoredChunk> hits, bool texts = true)
    {
        foreach (var (rank, hit) in hits.Index())
        {
            console.MarkupLineInterpolated($"[bold]{rank + 1}.[/] {Place.Of(hit.Chunk)}[grey]{Place.PagesOrLines(hit.Chunk)}[/]  score {hit.Score:0.000}");
            if (hit.Chunk.Context is { Length: > 0 } headings)
            {
                Indented(headings, "grey");
            }

            if (texts)
            {
                Indented(hit.Chunk.Text.Length > Glance ? $"{hit.Chunk.Text[..Glance]}…" : hit.Chunk.Text, "default");
            }

            foreach (var term in hit.Terms.OrderByDescending(t => t.Score))
            {
                console.MarkupLineInterpolated($"    [aqua]{Plain.Line(term.Term)}[/]  {term.Occurrences} ×, weight {term.Weight:0.00}, adds {term.Score:0.000}");
            }
        }
    }

    private void Indented(string text, string style) => console.Write(new Padder(new Text(Plain.Line(text), Style.Parse(style)), new Padding(4, 0, 0, 0)));

    private void Write(string text, string style)
    {
        if (text.Length > 0)
        {
            console.Write(new Text(Plain.Text(text), Style.Parse(style)));
        }
    }

    // Whole lines, so that no word is cut.
    private static int Before(string text, int at) => at <= Around ? 0 : text.IndexOf('\n', at - Around, Around) is var line and >= 0 ? line + 1 : at - Around;

    private static int After(string text, int at) => at + Around >= text.Length ? text.Length : text.LastIndexOf('\n', at + Around, Around) is var line and >= 0 ? line : at + Around;
}
