using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Epub;

/// <summary>The package document of a book (EPUB Packages 3.3; OPF 2.0.1) and its table of contents.</summary>
internal sealed partial class EpubBook
{
    private const string Encryption = "META-INF/encryption.xml";

    private readonly OfficePackage _package;
    private readonly string _folder;
    private readonly XElement? _manifest;

    /// <exception cref="DocumentFormatException">It is no book, or protected.</exception>
    public EpubBook(OfficePackage package)
    {
        _package = package;
        var main = package.Load("META-INF/container.xml")?.Descendants().FirstOrDefault(e => e.Name.LocalName == "rootfile")?.Attribute("full-path")?.Value;
        if (main is null || package.Load(main, DtdProcessing.Ignore) is not { } root)
        {
            throw package.Error("its archive has no package document, so it is no EPUB book. Check its format.");
        }

        _folder = main[..(main.LastIndexOf('/') + 1)];
        _manifest = root.Child("manifest");
        var metadata = root.Child("metadata");
        (Title, Authors, Description) = (Text(metadata, "title"), string.Join(", ", metadata.All("creator").Select(e => e.Value.Trim()).Where(name => name.Length > 0)), Text(metadata, "description"));
        Language = Text(metadata, "language").Split('-', '_')[0].ToLowerInvariant() is { Length: 2 } language && language.All(char.IsAsciiLetterLower) ? language : null;
        var items = _manifest.All("item").DistinctBy(Id).ToDictionary(Id);
        var titles = Titles(root, items);
        Chapters = [.. root.Child("spine").All("itemref").Select(item => items.GetValueOrDefault((string?)item.Attribute("idref") ?? ""))
            .Where(item => (string?)item?.Attribute("media-type") is "application/xhtml+xml" or "text/html" && !IsNav(item))
            .Select(item => Part((string?)item!.Attribute("href") ?? "", _folder)).Where(package.Has).Distinct().Select(part => new EpubChapter(part, titles.GetValueOrDefault(part)))];
        RefuseProtected();
    }

    public string Title { get; }

    /// <summary>Divided by commas; empty for none.</summary>
    public string Authors { get; }

    public string Description { get; }

    /// <summary>Two letters, or <see langword="null"/>.</summary>
    public string? Language { get; }

    /// <summary>In reading order.</summary>
    public IReadOnlyList<EpubChapter> Chapters { get; }

    /// <summary>A chapter as HTML: elements closed in the manner of XML, in which an HTML parser would look for an end, get one.</summary>
    public static string Html(string xhtml) => !xhtml.Contains("/>", StringComparison.Ordinal) ? xhtml : SelfClosed().Replace(xhtml, "<$1$2></$1>");

    // fonts may be obfuscated in a free book; text that is encrypted is not to be read
    private void RefuseProtected()
    {
        var locked = (_package.Load(Encryption)?.Descendants() ?? []).Where(e => e.Name.LocalName == "CipherReference").Select(e => Part((string?)e.Attribute("URI") ?? "", "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (Chapters.Any(chapter => locked.Contains(chapter.Part)))
        {
            throw _package.Error("the book is encrypted (DRM). Ask its seller for a copy without.");
        }
    }

    private Dictionary<string, string> Titles(XElement root, Dictionary<string, XElement> items)
    {
        var titles = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (_manifest.All("item").FirstOrDefault(IsNav) is { } nav && Part((string?)nav.Attribute("href") ?? "", _folder) is var part && _package.Load(part, DtdProcessing.Ignore) is { } page)
        {
            var contents = page.Descendants().FirstOrDefault(e => e.Name.LocalName == "nav" && e.Attributes().Any(a => a.Name.LocalName == "type" && a.Value == "toc")) ?? page;
            foreach (var link in contents.Descendants().Where(e => e.Name.LocalName == "a"))
            {
                Add((string?)link.Attribute("href"), part, link.Value);
            }
        }

        if (items.GetValueOrDefault((string?)root.Child("spine")?.Attribute("toc") ?? "") is { } ncx && Part((string?)ncx.Attribute("href") ?? "", _folder) is var old && _package.Load(old, DtdProcessing.Ignore) is { } map)
        {
            foreach (var point in map.Descendants().Where(e => e.Name.LocalName == "navPoint"))
            {
                Add((string?)point.Child("content")?.Attribute("src"), old, point.Child("navLabel").Child("text")?.Value ?? "");
            }
        }

        return titles;

        void Add(string? target, string from, string title)
        {
            var name = TextCleaning.OneLine(title);
            if (target is not null && name.Length > 0)
            {
                titles.TryAdd(Part(target, from[..(from.LastIndexOf('/') + 1)]), name);
            }
        }
    }

    private static string Part(string href, string folder) => OfficePackage.Resolve(folder + Uri.UnescapeDataString(href.Split('#')[0]));

    private static bool IsNav(XElement? item) => ((string?)item?.Attribute("properties") ?? "").Split(' ').Contains("nav");

    private static string Id(XElement item) => (string?)item.Attribute("id") ?? "";

    private static string Text(XElement? metadata, string name) => metadata.Child(name)?.Value.Trim() ?? "";

    [GeneratedRegex(@"<(title|script|style|iframe|textarea|noscript|a|div|span|p|i|b|em|strong|td|li)\b([^<>]*)/>", RegexOptions.IgnoreCase)]
    private static partial Regex SelfClosed();
}

/// <summary>One file of the text.</summary>
/// <param name="Part">Where it stands in the archive.</param>
/// <param name="Title">What the table of contents calls it, if anything.</param>
internal sealed record EpubChapter(string Part, string? Title);
