using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Docx;

/// <summary>Numbers the notes of a document in the order in which its text refers to them.</summary>
internal sealed class DocxNotes(IReadOnlyDictionary<string, string> texts, string format)
{
    private readonly Dictionary<string, string> _marks = new(StringComparer.Ordinal);

    /// <summary>The text of each note or comment of a part by its id; none where there is no part.</summary>
    public static IReadOnlyDictionary<string, string> Texts(OfficePackage package, string? part)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = part is null ? null : package.Read(part);
        if (reader is null)
        {
            return texts;
        }

        var none = new DocxNotes(texts, "");
        var body = new DocxBody(package, new(null), new(null), none, none, texts);
        reader.MoveToContent();
        foreach (var name in reader.Children(package))
        {
            // the other types are the lines that part notes from text
            if (name is "footnote" or "endnote" or "comment" && reader.Own("type") is null or "normal" && reader.Own("id") is { } id)
            {
                var author = name == "comment" ? $"Comment by {reader.Own("author")}: " : "";
                var blocks = new List<string>();
                body.Blocks(reader, block => blocks.Add(block.Text.Trim()));
                texts[id] = author + string.Join('\n', blocks.Where(text => text.Length > 0));
            }
        }

        return texts;
    }

    /// <summary>The mark for a reference to that note, such as <c>[1]</c>; and the note where this is the first reference.</summary>
    public (string Mark, DocxBlock? Note) Refer(string id)
    {
        if (_marks.TryGetValue(id, out var mark))
        {
            return (mark, null);
        }

        if (!texts.TryGetValue(id, out var text))
        {
            return ("", null);
        }

        _marks[id] = mark = $"[{NumberFormat.Of(_marks.Count + 1, format)}]";
        return (mark, new(BlockKind.Footnote, 0, $"{mark} {text}", []));
    }
}
