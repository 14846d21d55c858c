using System.Collections.Frozen;

namespace Rag.Ingest.Reading.Outlines;

/// <summary>What must be known of a language to find its lines that begin a declaration.</summary>
/// <param name="Comments">What begins a comment that ends with its line, divided by spaces.</param>
/// <param name="Spans">What may reach over several lines, with what ends it: comments and long strings, longer openings first.</param>
/// <param name="Quotes">What begins and ends a string on one line.</param>
internal sealed record CodeSyntax(string Comments, (string Open, string Close)[] Spans, string Quotes)
{
    private static readonly CodeSyntax _c = new("//", [("/*", "*/"), ("\"\"\"", "\"\"\"")], "\"'") { HasDirectives = true };
    private static readonly CodeSyntax _csharp = new("//", [("/*", "*/"), ("\"\"\"", "\"\"\""), ("@\"", "\""), ("$@\"", "\""), ("@$\"", "\"")], "\"'") { HasDirectives = true };
    private static readonly CodeSyntax _script = new("//", [("/*", "*/"), ("`", "`")], "\"'");
    private static readonly CodeSyntax _php = new("// #", [("/*", "*/"), ("<!--", "-->")], "\"'") { HasHereDocuments = true };
    private static readonly CodeSyntax _css = new("", [("/*", "*/")], "\"'");
    private static readonly CodeSyntax _python = new("#", [("\"\"\"", "\"\"\""), ("'''", "'''")], "\"'");
    private static readonly CodeSyntax _ruby = new("#", [("=begin", "=end")], "\"'") { HasHereDocuments = true };
    private static readonly CodeSyntax _shell = new("#", [("\"", "\""), ("'", "'")], "") { HasHereDocuments = true };
    private static readonly CodeSyntax _sql = new("--", [("/*", "*/"), ("$$", "$$"), ("'", "'")], "\"") { EndsStatements = true };
    private static readonly CodeSyntax _keys = new("# ;", [("\"\"\"", "\"\"\""), ("'''", "'''")], "") { IsData = true };

    private static readonly FrozenDictionary<string, CodeSyntax> _byExtension = new (CodeSyntax Syntax, string Extensions)[]
    {
        (_c, "java c h cc cpp cxx hpp kt kts scala groovy gradle rs swift m mm dart proto zig sol"),
        (_csharp, "cs csx"),
        (_script, "js mjs cjs ts tsx jsx go"),
        (_php, "php"),
        (_css, "css scss less"),
        (_python, "py"),
        (_ruby, "rb"),
        (_shell, "sh bash zsh"),
        (_sql, "sql"),
        (_keys, "toml ini cfg conf properties"),
    }.SelectMany(group => group.Extensions.Split(' ').Select(extension => (extension, group.Syntax))).ToFrozenDictionary(e => e.extension, e => e.Syntax);

    /// <summary>YAML: keys nest by indentation.</summary>
    public static CodeSyntax Yaml { get; } = new("#", [], "") { IsData = true };

    /// <summary>Whether lines that begin with <c>#</c> are for a preprocessor.</summary>
    public bool HasDirectives { get; init; }

    /// <summary>Whether <c>&lt;&lt;WORD</c> begins a string that ends with a line of that word.</summary>
    public bool HasHereDocuments { get; init; }

    /// <summary>Whether only a semicolon or a blank line ends a statement.</summary>
    public bool EndsStatements { get; init; }

    /// <summary>Whether it holds keys and values: a line that begins with <c>- </c>, or stands under a <c>[name]</c>, is one level deeper than its indentation.</summary>
    public bool IsData { get; init; }

    /// <summary>Of the language of a file; <see langword="null"/> for one that is not known.</summary>
    /// <param name="name">Its name or path.</param>
    public static CodeSyntax? Of(string name) => _byExtension.GetValueOrDefault(Path.GetExtension(name).TrimStart('.').ToLowerInvariant());
}
