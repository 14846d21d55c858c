using System.Text;

namespace Rag.Ingest.Reading.Docx;

/// <summary>The text of one paragraph as its runs come.</summary>
internal sealed class DocxText(DocxFlow flow)
{
    private readonly StringBuilder _text = new();
    private readonly List<int> _pageBreaks = [];

    /// <summary>Text boxes and notes, which follow the paragraph that they hang on.</summary>
    public List<DocxBlock> Floating { get; } = [];

    public void Append(string text)
    {
        if (!flow.InInstruction)
        {
            _text.Append(text);
            flow.JustBroken &= string.IsNullOrWhiteSpace(text);
        }
    }

    /// <summary>A page begins here. Word marks each place where it began a page, also right after a break that was asked for: that is one page.</summary>
    public void BreakPage(bool isAskedFor)
    {
        if (isAskedFor || !flow.JustBroken)
        {
            _pageBreaks.Add(_text.Length);
        }

        flow.JustBroken = isAskedFor;
    }

    public DocxBlock ToBlock(BlockKind kind, int level = 0, string? mark = null)
    {
        var before = mark is null || string.IsNullOrWhiteSpace(_text.ToString()) ? "" : mark + " ";
        return new(kind, level, before + _text, [.. _pageBreaks.Select(at => at == 0 ? 0 : at + before.Length)]);
    }
}
