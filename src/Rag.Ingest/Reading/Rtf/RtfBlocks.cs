using System.Text;

namespace Rag.Ingest.Reading.Rtf;

/// <summary>Makes blocks of the paragraphs, cells and notes of a text.</summary>
internal sealed class RtfBlocks(DocumentBuilder builder)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _mark = new();
    private readonly StringBuilder _note = new();
    private readonly List<string> _notes = [];
    private readonly List<IReadOnlyList<string>> _rows = [];
    private List<string> _cells = [];

    /// <summary>1 to 6 for a heading.</summary>
    public int Heading { get; set; }

    /// <summary>Level of a list item from 1.</summary>
    public int Level { get; set; } = 1;

    /// <summary>Whether the paragraph stands in a table.</summary>
    public bool IsInTable { get; set; }

    public void Append(RtfTarget target, string text)
    {
        if (!IsInTable && target == RtfTarget.Body && text.Length > 0 && (_rows.Count > 0 || _cells.Count > 0))
        {
            EndTable();
        }

        (target switch { RtfTarget.Mark => _mark, RtfTarget.Note => _note, _ => _text }).Append(text);
    }

    public void EndNote()
    {
        _notes.Add(_note.ToString());
        _note.Clear();
    }

    public void EndCell()
    {
        _cells.Add((_mark.Length > 0 ? $"{Mark()} " : "") + _text);
        _text.Clear();
    }

    public void EndRow()
    {
        _rows.Add(_cells);
        _cells = [];
    }

    public void EndParagraph()
    {
        if (IsInTable)
        {
            _text.Append(_text.Length > 0 ? "\n" : "");
            return;
        }

        EndTable();
        if (Heading > 0)
        {
            builder.Add(BlockKind.Heading, (_mark.Length > 0 && char.IsAsciiLetterOrDigit(_mark[0]) ? $"{Mark()} " : "") + _text, Heading);
        }
        else if (_mark.Length > 0 && !string.IsNullOrWhiteSpace(_text.ToString()))
        {
            builder.Add(BlockKind.ListItem, $"{Mark()} {_text}", Level);
        }
        else
        {
            builder.Add(BlockKind.Paragraph, _text.ToString());
        }

        _text.Clear();
        _mark.Clear();
        EndNotes();
    }

    /// <summary>What is still open is closed.</summary>
    public void End()
    {
        IsInTable = false;
        if (_cells.Count > 0)
        {
            _cells.Add(_text.ToString());
            _text.Clear();
        }

        EndParagraph();
    }

    private void EndTable()
    {
        if (_cells.Count > 0)
        {
            EndRow();
        }

        if (_rows.Count > 0)
        {
            builder.Add(BlockKind.Table, PipeTable.Of(_rows));
            _rows.Clear();
            EndNotes();
        }
    }

    private void EndNotes()
    {
        foreach (var note in _notes)
        {
            builder.Add(BlockKind.Paragraph, note);
        }

        _notes.Clear();
    }

    // a number as it is written; any bullet as a dash
    private string Mark()
    {
        var mark = _mark.ToString().Trim();
        _mark.Clear();
        return mark.Any(char.IsLetterOrDigit) && mark.Length > 1 ? mark : "-";
    }
}
