namespace Rag.Ingest.Reading.Docx;

/// <summary>What reaches across paragraphs: open fields, and whether a page was just begun. A field is its instruction, then its result.</summary>
internal sealed class DocxFlow
{
    private readonly Stack<bool> _inResult = [];
    private int _instructions;

    /// <summary>Whether the text that comes belongs to the instruction of a field.</summary>
    public bool InInstruction => _instructions > 0;

    /// <summary>Whether a page break was asked for and no text came since.</summary>
    public bool JustBroken { get; set; }

    /// <summary>A field begins, goes over to its result (<c>separate</c>) or ends.</summary>
    public void Field(string? type)
    {
        if (type == "begin")
        {
            _inResult.Push(false);
            _instructions++;
        }
        else if (type is "separate" or "end" && _inResult.TryPop(out var inResult))
        {
            _instructions -= inResult ? 0 : 1;
            if (type == "separate")
            {
                _inResult.Push(true);
            }
        }
    }
}
