namespace Rag.Ingest.Reading.Docx;

/// <summary>A table as its cells come.</summary>
internal sealed class DocxTable
{
    // A longer text is given once: repeating it in each row it spans would let a small file ask for a very long text.
    private const int LongestRepeated = 200;
    private const int MaxColumnSpan = 64;

    private readonly List<List<DocxBlock>> _cells = [];
    private readonly List<List<string>> _rows = [];
    private readonly Dictionary<int, string> _above = []; // by column, the text of the cell that began a vertical span

    public void StartRow() => _rows.Add([]);

    /// <summary>Columns of the row that are left empty, or that a cell spans beyond its first.</summary>
    public void Skip(int columns) => _rows[^1].AddRange(Enumerable.Repeat("", Math.Clamp(columns, 0, MaxColumnSpan)));

    /// <summary>A cell and what it holds; one that continues the cell above it repeats that cell's text, so that its row says all by itself.</summary>
    public void AddCell(List<DocxBlock> blocks, DocxSpan span)
    {
        var column = _rows[^1].Count;
        var text = string.Join(' ', blocks.Where(block => block.Kind != BlockKind.Footnote).Select(Flat));
        if (span == DocxSpan.Continues)
        {
            text = _above.GetValueOrDefault(column, "");
        }
        else
        {
            _cells.Add(blocks);
            _above[column] = text.Length <= LongestRepeated ? text : "";
        }

        _rows[^1].Add(text);
    }

    /// <summary>One table, and after it the notes that it refers to; the blocks of its cell where it has only one, for then it is a frame.</summary>
    public IEnumerable<DocxBlock> ToBlocks() => _cells.Count == 1 ? _cells[0] :
    [
        new(BlockKind.Table, 0, PipeTable.Of(_rows), [.. Enumerable.Repeat(0, _cells.Sum(cell => cell.Sum(block => block.PageBreaks.Count)))]),
        .. _cells.SelectMany(cell => cell).Where(block => block.Kind == BlockKind.Footnote),
    ];

    // a table in a cell has no lines of its own there
    private static string Flat(DocxBlock block) => block.Kind != BlockKind.Table ? block.Text
        : string.Join("; ", block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where((_, row) => row != 1).Select(line => line.Trim('|', ' ').Replace(" | ", ", ", StringComparison.Ordinal)));
}

/// <summary>Whether a cell spans rows.</summary>
internal enum DocxSpan
{
    /// <summary>It stands alone or begins a span.</summary>
    Begins,

    /// <summary>It belongs to the cell above.</summary>
    Continues,
}
