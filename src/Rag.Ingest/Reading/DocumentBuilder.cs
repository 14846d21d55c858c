using System.Text;

namespace Rag.Ingest.Reading;

/// <summary>Collects a document block by block, in reading order, and keeps the promises of <see cref="IDocumentReader"/> about its text and blocks.</summary>
/// <remarks>
/// Blocks are trimmed, dropped when nothing is left, and separated by a blank line (list items that follow each other by one line break).
/// The text is cleaned: line ends become <c>\n</c>, other control characters but tab vanish, unpaired surrogates become U+FFFD.
/// Not safe for concurrent use.
/// </remarks>
/// <param name="documentId">The id of the document; its last segment is the title where the source has none.</param>
/// <param name="limits">Bounds the text; default <see cref="ReaderLimits.Default"/>.</param>
/// <param name="cancellationToken">Checked at each block.</param>
public sealed class DocumentBuilder(string documentId, ReaderLimits? limits = null, CancellationToken cancellationToken = default)
{
    private readonly int _maxCharacters = (limits ?? ReaderLimits.Default).MaxCharacters;
    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];
    private readonly List<int> _lines = [];
    private readonly List<int> _pages = [];
    private readonly Dictionary<int, string> _lineNames = [];
    private readonly Dictionary<int, string> _pageNames = [];
    private int _line; // the line that the next character comes from
    private int _page;
    private bool _open;
    private BlockKind _kind;
    private int _level;
    private string? _context;
    private int _start = -1; // of the open block, -1 while nothing of it is written

    /// <summary>Adds a whole block; no block when <paramref name="text"/> is blank.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="text">Its text. Leading and trailing white space is dropped, but for <see cref="BlockKind.Code"/> the first line keeps its indentation.</param>
    /// <param name="level">1 to 6 for a heading, from 1 for a list item, else 0.</param>
    public void Add(BlockKind kind, ReadOnlySpan<char> text, int level = 0)
    {
        Begin(kind, level);
        Append(text);
        End();
    }

    /// <summary>Opens a block, to be filled by <see cref="Append"/> and closed by <see cref="End"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> does not fit <paramref name="kind"/>.</exception>
    /// <exception cref="InvalidOperationException">A block is open already.</exception>
    public void Begin(BlockKind kind, int level = 0)
    {
        if (_open)
        {
            throw new InvalidOperationException($"A {_kind} is open; end it before a {kind} begins.");
        }

        var (least, most) = kind switch { BlockKind.Heading => (1, 6), BlockKind.ListItem => (1, int.MaxValue), _ => (0, 0) };
        ArgumentOutOfRangeException.ThrowIfLessThan(level, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, most);
        cancellationToken.ThrowIfCancellationRequested();
        (_open, _kind, _level, _start) = (true, kind, level, -1);
    }

    /// <summary>Appends to the open block. A surrogate pair, a <c>\r\n</c> and the indentation of code must each come in one piece.</summary>
    /// <exception cref="InvalidOperationException">No block is open.</exception>
    /// <exception cref="DocumentFormatException">The text grows beyond <see cref="ReaderLimits.MaxCharacters"/>.</exception>
    public void Append(ReadOnlySpan<char> text)
    {
        if (!_open)
        {
            throw new InvalidOperationException("No block is open; begin one before appending text.");
        }

        while (!text.IsEmpty)
        {
            var clean = TextCleaning.IndexOfSpecial(text);
            Write(clean < 0 ? text : text[..clean]);
            if (clean < 0)
            {
                return;
            }

            Write(TextCleaning.Replace(text[clean..], out var consumed));
            text = text[(clean + consumed)..];
        }
    }

    /// <summary>Closes the open block; it leaves no trace when nothing but white space was appended.</summary>
    public void End()
    {
        _open = false;
        if (_start < 0)
        {
            return;
        }

        var end = _text.Length;
        while (end > _start && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        _text.Length = end;
        PullBack(_lines, end);
        PullBack(_pages, end);
        _blocks.Add(new(_kind, new(_start, end), _level, _page == 0 ? null : PageOf(_start)) { Context = _context });
    }

    /// <summary>What encloses the blocks that follow, until the next call; called between blocks.</summary>
    /// <param name="context">The <see cref="Block.Context"/>; <see langword="null"/> when nothing does, as at the beginning.</param>
    public void StartContext(string? context) => _context = string.IsNullOrWhiteSpace(context) ? null : TextCleaning.OneLine(context);

    /// <summary>Adds the blocks of a document that is a part of this one, such as a cell of a notebook. Its title, lines and pages are passed over.</summary>
    /// <param name="part">The part.</param>
    /// <param name="levels">How many levels its headings stand below their own, at most down to 6.</param>
    internal void AddAll(Document part, int levels = 0)
    {
        foreach (var block in part.Blocks)
        {
            Add(block.Kind, block.Span.Of(part.Text), block.Kind == BlockKind.Heading ? Math.Min(6, block.Level + levels) : block.Level);
        }
    }

    /// <summary>What follows stands on the next page; called before each page, the first one included.</summary>
    /// <param name="name">What people call it, such as the name of a sheet; <see langword="null"/> for a page that only has a number.</param>
    /// <exception cref="InvalidOperationException">The first page starts after some text.</exception>
    public void StartPage(string? name = null)
    {
        if (_page == 0 && _text.Length > 0)
        {
            throw new InvalidOperationException("Start the first page before adding text.");
        }

        _page++;
        Name(_pageNames, _page, name);
    }

    /// <summary>What follows comes from this line of the source file, until the next call; may be called inside a block.</summary>
    /// <param name="number">1-based; lines that are passed over are empty. A number not above an earlier one changes nothing, for lines ascend with the text.</param>
    /// <param name="name">Where people look for it, such as the cells of a row; <see langword="null"/> for a line that only has a number.</param>
    public void StartLine(int number, string? name = null)
    {
        if (number > _line)
        {
            _line = number;
            Name(_lineNames, number, name);
        }
    }

    /// <summary>The document so far.</summary>
    /// <param name="title">The source's own title, on one line; when blank, the last segment of the id.</param>
    /// <param name="mediaType">Media type of the source.</param>
    /// <exception cref="InvalidOperationException">A block is open.</exception>
    public Document ToDocument(string? title, string mediaType)
    {
        if (_open)
        {
            throw new InvalidOperationException($"A {_kind} is open; end it before taking the document.");
        }

        PlaceMarks();
        var name = string.IsNullOrWhiteSpace(title) ? "" : TextCleaning.OneLine(title);
        return new(documentId, name.Length > 0 ? name : documentId[(documentId.LastIndexOf('/') + 1)..], _text.ToString(), [.. _blocks])
        {
            MediaType = mediaType,
            Lines = Numbered(_lines, _lineNames),
            Pages = Numbered(_pages, _pageNames),
        };
    }

    private static void Name(Dictionary<int, string> names, int number, string? name)
    {
        if (!string.IsNullOrWhiteSpace(name))
        {
            names[number] = TextCleaning.OneLine(name);
        }
    }

    private static Numbering? Numbered(List<int> starts, Dictionary<int, string> names) =>
        starts.Count == 0 ? null : new(starts, names: names.Count == 0 ? null : [.. Enumerable.Range(1, starts.Count).Select(n => names.GetValueOrDefault(n, ""))]);

    private void Write(ReadOnlySpan<char> text)
    {
        if (_start < 0)
        {
            var first = text.IndexOfAnyExcept(TextCleaning.White);
            if (first < 0)
            {
                return;
            }

            text = text[(_kind == BlockKind.Code ? text[..first].LastIndexOf('\n') + 1 : first)..];
            Reserve(text.Length + 2);
            _text.Append(_blocks.Count == 0 ? "" : _kind == BlockKind.ListItem && _blocks[^1].Kind == BlockKind.ListItem ? "\n" : "\n\n");
            _start = _text.Length;
        }

        if (!text.IsEmpty)
        {
            Reserve(text.Length);
            PlaceMarks();
            _text.Append(text);
        }
    }

    private void Reserve(int length)
    {
        if (_text.Length > _maxCharacters - length)
        {
            throw new DocumentFormatException(documentId, $"its text is longer than {_maxCharacters:N0} characters. Split it, or raise ReaderLimits.MaxCharacters.");
        }
    }

    private void PlaceMarks()
    {
        while (_lines.Count < _line)
        {
            _lines.Add(_lines.Count == 0 ? 0 : _text.Length);
        }

        while (_pages.Count < _page)
        {
            _pages.Add(_text.Length);
        }
    }

    private int PageOf(int offset)
    {
        var page = _pages.Count;
        while (page > 1 && _pages[page - 1] > offset)
        {
            page--;
        }

        return page;
    }

    private static void PullBack(List<int> starts, int end)
    {
        for (var i = starts.Count - 1; i >= 0 && starts[i] > end; i--)
        {
            starts[i] = end;
        }
    }
}
