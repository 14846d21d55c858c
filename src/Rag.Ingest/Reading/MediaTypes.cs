using System.Collections.Frozen;
using Rag.Ingest.Reading.Mail;

namespace Rag.Ingest.Reading;

/// <summary>Media types of files: told by their content; the extension only says which kind of text a text is.</summary>
public static class MediaTypes
{
    /// <summary>Plain text.</summary>
    public const string PlainText = "text/plain";

    /// <summary>Markdown.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>HTML.</summary>
    public const string Html = "text/html";

    /// <summary>Word document, Office Open XML.</summary>
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>PDF.</summary>
    public const string Pdf = "application/pdf";

    /// <summary>Bytes that are neither text nor a known format.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>Source code in any language without a media type of its own here.</summary>
    public const string SourceCode = "text/x-source";

    private static readonly FrozenDictionary<string, string> _byExtension = Extensions(
        (Markdown, "md markdown mdown mkd mdx"),
        (Html, "html htm xhtml"),
        ("text/x-log", "log"),
        (PlainText, "txt text org"),
        ("text/x-rst", "rst"),
        ("text/asciidoc", "adoc asciidoc"),
        ("application/x-tex", "tex"),
        ("application/x-subrip", "srt"),
        ("text/vtt", "vtt"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv tab"),
        ("application/json", "json jsonl ndjson geojson"),
        ("application/xml", "xml xsd xsl xslt svg rss atom xaml csproj fsproj vbproj props targets config resx"),
        ("application/yaml", "yml yaml"),
        ("message/rfc822", "eml"),
        ("application/mbox", "mbox mbx"),
        ("application/x-ipynb+json", "ipynb"),
        (SourceCode, "cs csx fs fsx vb c h cc cpp cxx hpp java kt kts scala groovy gradle py rb php js mjs cjs ts tsx jsx go rs swift m mm sh bash zsh fish ps1 psm1 bat cmd sql r jl lua pl pm dart css scss less toml ini cfg conf properties proto cmake razor cshtml vue svelte tf asm s hs ml mli ex exs erl clj lisp el vim graphql sol zig nim"));

    private static readonly FrozenDictionary<string, string> _names = new Dictionary<string, string>
    {
        [PlainText] = "plain text",
        [Markdown] = "Markdown",
        [Html] = "HTML",
        ["application/xhtml+xml"] = "XHTML",
        [Docx] = "Word (docx)",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.template"] = "Word (docx)",
        ["application/vnd.ms-word.document.macroenabled.12"] = "Word (docx)",
        ["application/vnd.ms-word.template.macroenabled.12"] = "Word (docx)",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.template"] = "Excel (xlsx)",
        ["application/vnd.ms-excel.sheet.macroenabled.12"] = "Excel (xlsx)",
        ["application/vnd.ms-excel.template.macroenabled.12"] = "Excel (xlsx)",
        ["application/vnd.openxmlformats-officedocument.presentationml.template"] = "PowerPoint (pptx)",
        ["application/vnd.openxmlformats-officedocument.presentationml.slideshow"] = "PowerPoint (pptx)",
        ["application/vnd.ms-powerpoint.presentation.macroenabled.12"] = "PowerPoint (pptx)",
        ["application/vnd.ms-powerpoint.template.macroenabled.12"] = "PowerPoint (pptx)",
        ["application/vnd.ms-powerpoint.slideshow.macroenabled.12"] = "PowerPoint (pptx)",
        [Pdf] = "PDF",
        [SourceCode] = "source code",
        ["text/csv"] = "CSV",
        ["text/tab-separated-values"] = "CSV",
        ["application/json"] = "JSON",
        ["application/xml"] = "XML",
        ["application/yaml"] = "YAML",
        ["text/x-log"] = "a log",
        ["text/x-rst"] = "reStructuredText",
        ["text/asciidoc"] = "AsciiDoc",
        ["application/x-tex"] = "LaTeX",
        ["application/rss+xml"] = "a feed",
        ["application/atom+xml"] = "a feed",
        ["application/x-subrip"] = "subtitles",
        ["text/vtt"] = "subtitles",
        ["message/rfc822"] = "e-mail (eml)",
        ["application/mbox"] = "a mailbox (mbox)",
        ["application/x-ipynb+json"] = "a Jupyter notebook",
        [Unknown] = "a binary file of unknown format",
    }.Concat(Signatures.Names).ToFrozenDictionary();

    /// <summary>The media type of <paramref name="content"/>.</summary>
    /// <param name="content">The whole file or its first kilobytes; an empty one is text.</param>
    /// <param name="fileName">Its name or path; the extension tells one kind of text from another and is not believed beyond that.</param>
    public static string Detect(ReadOnlySpan<byte> content, string? fileName = null)
    {
        var hint = _byExtension.GetValueOrDefault(Path.GetExtension(fileName ?? "").TrimStart('.').ToLowerInvariant());
        if (Signatures.Match(content) is { } binary && !(binary == Pdf && hint is not (null or PlainText) && Mentions(content, "%PDF-"u8)))
        {
            return binary;
        }

        if (!TextEncodings.IsText(content))
        {
            return Unknown;
        }

        if (hint is null or PlainText or "application/mbox" && Mailbox.Begins(content))
        {
            return "application/mbox";
        }

        if (hint is null && MimeHeaders.Begin(content))
        {
            return "message/rfc822";
        }

        return MarkupSniffer.Kind(content) switch
        {
            MarkupKind.HtmlPage => Html,
            MarkupKind.HtmlFragment => hint ?? Html,
            MarkupKind.Rss => "application/rss+xml",
            MarkupKind.Atom => "application/atom+xml",
            MarkupKind.Xml => hint is null or PlainText ? "application/xml" : hint,
            _ => hint ?? PlainText,
        };
    }

    /// <summary>What people call it, such as <c>Word (docx)</c>; the type itself when it is not known here.</summary>
    public static string NameOf(string mediaType)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        return _names.GetValueOrDefault(mediaType, mediaType);
    }

    // A text further on in which the bytes stand, such as source code that writes such files.
    private static bool Mentions(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) => !content.TrimStart("\uFEFF \t\r\n"u8).StartsWith(signature) && TextEncodings.IsText(content);

    private static FrozenDictionary<string, string> Extensions(params (string MediaType, string Extensions)[] kinds) =>
        kinds.SelectMany(kind => kind.Extensions.Split(' ').Select(extension => (extension, kind.MediaType))).ToFrozenDictionary(e => e.extension, e => e.MediaType);
}
