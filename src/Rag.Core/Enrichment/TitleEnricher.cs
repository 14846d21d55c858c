using Rag.Analysis;

namespace Rag.Enrichment;

/// <summary>Finds a title where the reader had none and took the file's name: the first heading, else the first line if a person could have written it as a title. No model. Safe for concurrent use.</summary>
/// <remarks>Found is <c>title</c>, which becomes <see cref="Document.Title"/>. A line counts where it stands in prose, has 2 to 20 words, up to 120 characters, most of them letters, and does not end as a sentence does; else the file's name stays.</remarks>
public sealed class TitleEnricher : IDocumentEnricher
{
    /// <summary>Name of the finding.</summary>
    public const string Title = "title";

    private const int MaxLength = 120;
    private const int MaxWords = 20;

    /// <inheritdoc/>
    public string Name => "title-1";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        var isNamed = document.Title != document.Id[(document.Id.LastIndexOf('/') + 1)..];
        return Task.FromResult<IReadOnlyList<DocumentFinding>>(isNamed || Find(document) is not { } span ? [] : [new(Title, Prompt.OnOneLine(span.Of(document.Text)), Name) { Spans = [span] }]);
    }

    private static TextSpan? Find(Document document) =>
        document.Blocks.FirstOrDefault(b => b.Kind == BlockKind.Heading && b.Span.Length <= MaxLength && HasWords(b.Span.Of(document.Text), 1)) is { } heading ? heading.Span
        : document.Blocks is [{ Kind: BlockKind.Paragraph } first, ..] ? FirstLine(document.Text, first.Span)
        : null;

    private static TextSpan? FirstLine(string text, TextSpan block)
    {
        var line = text.AsSpan(block.Start, Math.Min(block.Length, MaxLength + 1));
        line = line.IndexOf('\n') is >= 0 and var end ? line[..end] : line;
        line = line.TrimEnd();
        return line.Length <= MaxLength && HasWords(line, 2) && line[^1] is not ('.' or ',' or ';' or ':' or '!') ? new(block.Start, block.Start + line.Length) : null;
    }

    private static bool HasWords(ReadOnlySpan<char> line, int least)
    {
        var (words, letters, others) = (0, 0, 0);
        foreach (var word in WordSegmenter.Words(line))
        {
            words++;
        }

        foreach (var c in line)
        {
            letters += char.IsLetter(c) ? 1 : 0;
            others += char.IsLetter(c) || char.IsWhiteSpace(c) ? 0 : 1;
        }

        return words >= least && words <= MaxWords && letters > others;
    }
}
