using System.Globalization;
using System.Text;

namespace Rag.Llama.Grammars;

/// <summary>Collects rules and writes them as GBNF.</summary>
internal sealed class GbnfWriter
{
    private readonly Dictionary<string, string> _rules = [];
    private readonly Dictionary<string, string> _namesByBody = [];
    private readonly List<string> _order = [];

    /// <summary>A new rule name made from words, its body to be given to <see cref="Define"/>.</summary>
    public string Reserve(string words)
    {
        var letters = new string([.. words.Where(GbnfScanner.IsNameCharacter).Take(40)]);
        var name = $"{(letters.Length == 0 ? "part" : letters)}-{_order.Count}";
        _order.Add(name);
        return name;
    }

    public void Define(string name, string body) => _rules[name] = body;

    /// <summary>A rule with this body: a new one, or the one that has it.</summary>
    public string Rule(string words, string body)
    {
        if (!_namesByBody.TryGetValue(body, out var name))
        {
            name = Reserve(words);
            _namesByBody.Add(body, name);
            Define(name, body);
        }

        return name;
    }

    /// <summary>All rules, the root first and those of JSON last.</summary>
    public string Text(string root)
    {
        var text = new StringBuilder($"root ::= {root}\n");
        foreach (var name in _order)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} ::= {_rules[name]}\n");
        }

        return text.Append(JsonRules.Text).ToString();
    }

    /// <summary>A text as a GBNF literal.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            literal.Append(character switch
            {
                '"' or '\\' => "\\" + character,
                < ' ' or '\x7F' => $"\\x{(int)character:X2}",
                _ => character.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A set that is not empty as a GBNF class.</summary>
    public static string Class(CodePointSet set) =>
        "[" + string.Concat(set.Ranges.Select(range => range.Low == range.High ? Escape(range.Low) : $"{Escape(range.Low)}-{Escape(range.High)}")) + "]";

    public static string Choice(IEnumerable<string> alternatives)
    {
        var different = alternatives.Distinct().ToList();
        return different.Count == 1 ? different[0] : $"({string.Join(" | ", different)})";
    }

    private static string Escape(int codePoint) => codePoint switch
    {
        < 0x80 when char.IsAsciiLetterOrDigit((char)codePoint) => ((char)codePoint).ToString(),
        < 0x100 => $"\\x{codePoint:X2}",
        < 0x10000 => $"\\u{codePoint:X4}",
        _ => $"\\U{codePoint:X8}",
    };
}
