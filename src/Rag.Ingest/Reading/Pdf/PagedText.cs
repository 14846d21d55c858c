using System.Text;
using Rag.Pdf;

namespace Rag.Ingest.Reading.Pdf;

/// <summary>Joins pages into one text with its blocks, the beginnings of its pages and the boxes of its words. Not safe for concurrent use.</summary>
internal sealed class PagedText(string documentId, int maxCharacters)
{
    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];
    private readonly List<WordBox> _words = [];
    private readonly List<int> _pages = [];

    /// <summary>The first main heading on the first page; <see langword="null"/> where there is none.</summary>
    public string? FirstHeading { get; private set; }

    /// <summary>Appends the next page.</summary>
    public void Add(PdfPage page)
    {
        var blocks = page.Blocks.Select(b => new Block(KindOf(b.Kind), new(b.Start, b.Start + b.Length), LevelOf(b), page.Number, BoxOf(page.Number, b.Box)));
        var words = page.Words.Select(w => new WordBox(new(w.Start, w.Start + w.Length), BoxOf(page.Number, w.Box)));
        Add(page.Text, blocks, words, page.ContinuesParagraph);
    }

    /// <summary>Appends the next page as a recognizer read it.</summary>
    /// <exception cref="ArgumentException">Its words do not ascend or lie outside of its text.</exception>
    public void Add(int number, RecognizedPage page)
    {
        var end = page.Words.Count == 0 ? 0 : page.Words.Max(w => w.Span.End);
        if (end > page.Text.Length)
        {
            throw new ArgumentException($"A recognized word of page {number} ends at {end}, beyond the text of {page.Text.Length} characters.", nameof(page));
        }

        var blocks = Chunking.TextLines.Paragraphs(page.Text, new(0, page.Text.Length)).Select(span => new Block(BlockKind.Paragraph, span, Page: number));
        Add(page.Text, blocks, page.Words.Select(w => w with { Box = w.Box with { Page = number } }), continues: false);
    }

    /// <summary>The pages so far as a document.</summary>
    public Document ToDocument(string? title)
    {
        var name = title is null ? "" : TextCleaning.OneLine(title);
        return new(documentId, name.Length > 0 ? name : documentId[(documentId.LastIndexOf('/') + 1)..], _text.ToString(), _blocks)
        {
            MediaType = MediaTypes.Pdf,
            Pages = _pages.Count == 0 ? null : new(_pages),
            Boxes = new(_words),
        };
    }

    private void Add(string text, IEnumerable<Block> blocks, IEnumerable<WordBox> words, bool continues)
    {
        if (_text.Length > maxCharacters - text.Length - 2)
        {
            throw new DocumentFormatException(documentId, $"its text is longer than {maxCharacters:N0} characters. Split it, or raise ReaderLimits.MaxCharacters.");
        }

        // A blank page begins, and ends, where the text does so far.
        var isBlank = string.IsNullOrWhiteSpace(text);
        continues &= !isBlank && _blocks.Count > 0;
        var isMended = continues && MendHyphen();
        _text.Append(isBlank || _text.Length == 0 || isMended ? "" : continues ? " " : "\n\n");
        var start = _text.Length;
        _pages.Add(_pages.Count == 0 ? 0 : start);
        if (isBlank)
        {
            return;
        }

        _text.Append(Cleaned(text).AsSpan().TrimEnd());
        _words.AddRange(words.Select(w => w with { Span = w.Span.Shift(start) }));
        foreach (var block in blocks)
        {
            var span = block.Span.Shift(start);
            if (continues)
            {
                _blocks[^1] = _blocks[^1] with { Span = new(_blocks[^1].Span.Start, span.End) };
                continues = false;
                continue;
            }

            _blocks.Add(block with { Span = span });
            FirstHeading ??= _pages.Count == 1 && block is { Kind: BlockKind.Heading, Level: 1 } ? block.Span.Of(text) : null;
        }
    }

    // a word that the page break divides; its parts keep their places
    private bool MendHyphen()
    {
        if (_text.Length < 2 || _text[^1] is not ('-' or '\u2010' or '\u00AD') || !char.IsLetter(_text[^2]) || _words is not [.., { Span.Length: > 1 } last] || last.Span.End != _text.Length)
        {
            return false;
        }

        _text.Length--;
        _words[^1] = last with { Span = new(last.Span.Start, last.Span.End - 1) };
        return true;
    }

    // As long as before, since offsets count in it.
    private static string Cleaned(string text) => TextCleaning.IndexOfSpecial(text) < 0 ? text : string.Create(text.Length, text, static (clean, source) =>
    {
        for (var i = 0; i < clean.Length; i++)
        {
            var isHalf = char.IsSurrogate(source[i]) && !(char.IsHighSurrogate(source[i]) && i + 1 < source.Length && char.IsLowSurrogate(source[i + 1]))
                && !(char.IsLowSurrogate(source[i]) && i > 0 && char.IsHighSurrogate(source[i - 1]));
            clean[i] = isHalf ? '\uFFFD' : source[i] != '\uFEFF' && (source[i] is '\n' or '\t' || !char.IsControl(source[i])) ? source[i] : ' ';
        }
    });

    private static PageBox BoxOf(int page, PdfBox box) => new(page, box.X0, box.Y0, box.X1, box.Y1);

    private static int LevelOf(PdfBlock block) => block.Kind switch
    {
        PdfBlockKind.Heading => Math.Clamp(block.Level, 1, 6),
        PdfBlockKind.ListItem => Math.Max(block.Level, 1),
        _ => 0,
    };

    private static BlockKind KindOf(PdfBlockKind kind) => kind switch
    {
        PdfBlockKind.Heading => BlockKind.Heading,
        PdfBlockKind.ListItem => BlockKind.ListItem,
        PdfBlockKind.Table => BlockKind.Table,
        PdfBlockKind.Code => BlockKind.Code,
        PdfBlockKind.Footnote => BlockKind.Footnote,
        _ => BlockKind.Paragraph,
    };
}
