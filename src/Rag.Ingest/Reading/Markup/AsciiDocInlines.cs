using System.Buffers;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Takes the markup out of a paragraph of AsciiDoc, and keeps its footnotes and the attributes of the document.</summary>
internal sealed partial class AsciiDocInlines
{
    private const int LongestValue = 200; // a document that puts long values into each other would grow without end

    private static readonly SearchValues<char> _marks = SearchValues.Create("*_`#^~[<+(\\\"");

    private readonly Dictionary<string, string> _attributes = new() { ["nbsp"] = " ", ["empty"] = "", ["amp"] = "&", ["lt"] = "<", ["gt"] = ">", ["zwsp"] = "", ["cpp"] = "C++", ["plus"] = "+", ["asterisk"] = "*", ["vbar"] = "|" };

    /// <summary>Footnotes of what was read since they were taken.</summary>
    public Queue<string> Footnotes { get; } = [];

    /// <summary>Remembers an attribute.</summary>
    public void Define(string name, string value)
    {
        if (value.Length <= LongestValue)
        {
            _attributes[name] = value;
        }
    }

    public string Plain(string text)
    {
        if (text.Contains('{', StringComparison.Ordinal))
        {
            text = Attribute().Replace(text, match => _attributes.GetValueOrDefault(match.Groups[1].Value, match.Value));
        }

        return text.AsSpan().IndexOfAny(_marks) < 0 ? text : Marks().Replace(Macros().Replace(text, Macro), match => match.Groups["text"].Value);
    }

    private string Macro(Match match)
    {
        if (match.Groups["note"].Success)
        {
            if (match.Groups["note"].Value is { Length: > 0 } note)
            {
                Footnotes.Enqueue(note);
            }

            return "";
        }

        if (match.Groups["menu"].Success)
        {
            return match.Groups["item"].Value is { Length: > 0 } item ? $"{match.Groups["menu"].Value} > {item}" : match.Groups["menu"].Value;
        }

        if (match.Groups["id"].Success)
        {
            return match.Groups["label"].Success ? match.Groups["label"].Value.Trim() : match.Groups["id"].Value;
        }

        var label = match.Groups["label"].Value.Split(',')[0].Trim().Trim('"').TrimEnd('^');
        return label.Length > 0 ? label : match.Groups["target"].Value;
    }

    [GeneratedRegex(@"\{([\w-]+)\}")]
    private static partial Regex Attribute();

    // footnote:[x], menu:a[b], <<id,label>>, [[anchor]], link:target[label], https://target[label], kbd:[x], (((index)))
    [GeneratedRegex(@"footnote(?:ref)?:[\w-]*\[(?<note>[^\]]*)\]|menu:(?<menu>[^\[\]\n]+)\[(?<item>[^\]]*)\]|<<(?<id>[^,>]+)(?:,(?<label>[^>]*))?>>|\[\[[^\]]*\]\]|anchor:[^\s\[]*\[[^\]]*\]|\(\(\([^)]*\)\)\)|(?:(?:link|xref|mailto|image|icon):(?<target>[^\s\[]+)|(?:kbd|btn|pass|stem|latexmath|asciimath|indexterm2?):[a-z,]*|(?<target>https?://[^\s\[\]<>]+))\[(?<label>[^\]]*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Macros();

    [GeneratedRegex("""(?<!\w)(?:\[[^\]\n]*\])?(?:\*\*(?<text>[^*]+)\*\*|__(?<text>[^_]+)__|``(?<text>[^`]+)``|##(?<text>[^#]+)##|\*(?=\S)(?<text>[^*]+)(?<=\S)\*(?!\w)|_(?=\S)(?<text>[^_]+)(?<=\S)_(?!\w)|`(?=\S)\+?(?<text>[^`]+?)\+?(?<=\S)`(?!\w)|#(?=\S)(?<text>[^#\n]+)(?<=\S)#(?!\w)|\+(?=\S)(?<text>[^+]+)(?<=\S)\+(?!\w))|(?<=\w)(?:\^(?<text>[^\^\s]+)\^|~(?<text>[^~\s]+)~)|\(\((?<text>[^()]+)\)\)|"`(?<text>[^`]+)`"|\\(?<text>[*_`#^~\[{])""", RegexOptions.ExplicitCapture)]
    private static partial Regex Marks();
}
