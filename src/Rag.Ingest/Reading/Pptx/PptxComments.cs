using System.Xml.Linq;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading.Pptx;

/// <summary>Comments on slides: the older form (ECMA-376 part 1, 19.4) and threads ([MS-PPTX], 2.6), both by the names of their authors.</summary>
internal sealed class PptxComments
{
    private readonly OfficePackage _package;
    private readonly Dictionary<string, string> _authors = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase); // a part belongs to one slide

    public PptxComments(OfficePackage package, string main)
    {
        _package = package;
        foreach (var author in package.Links(main).Where(link => link.Type is "commentAuthors" or "authors" && _read.Add(link.Part)).SelectMany(link => package.Load(link.Part)!.Elements()))
        {
            _authors.TryAdd((string?)author.Attribute("id") ?? "", (string?)author.Attribute("name") ?? "");
        }
    }

    /// <summary>The comments on a slide in the order of the file, each with its answers behind it.</summary>
    public IEnumerable<SlideBlock> On(string slide) => _package.Links(slide).Where(link => link.Type == "comments" && _read.Add(link.Part))
        .SelectMany(link => _package.Load(link.Part).All("cm")).SelectMany(comment => comment.Child("replyLst").All("reply").Prepend(comment)).Select(Block);

    private SlideBlock Block(XElement comment)
    {
        var text = comment.Child("text")?.Value ?? string.Join('\n', comment.Child("txBody").All("p").Select(p => string.Concat(p.Descendants().Where(e => e.Name.LocalName is "t" or "br").Select(e => e.Name.LocalName == "br" ? "\n" : e.Value))));
        var author = _authors.GetValueOrDefault((string?)comment.Attribute("authorId") ?? "", "");
        return new(BlockKind.Footnote, string.IsNullOrWhiteSpace(text) ? "" : $"Comment{(author.Length > 0 ? $" by {author}" : "")}: {text.Trim()}");
    }
}
