using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Takes the commands out of running text of LaTeX; line breaks stay.</summary>
internal sealed class LatexInlines
{
    private const int MostLevels = 32;

    private static readonly SearchValues<char> _marks = SearchValues.Create("\\{}~`'-");

    private static readonly FrozenSet<string> _dropped = FrozenSet.Create(
        "label", "vspace", "hspace", "includegraphics", "input", "include", "bibliography", "bibliographystyle", "pagestyle", "thispagestyle", "usepackage", "setlength", "addtolength", "setcounter", "addcontentsline", "graphicspath", "newcommand", "renewcommand", "providecommand", "def", "let", "index", "hypersetup", "color", "pagenumbering", "rule", "phantom", "nocite", "markboth", "author", "date", "thanks", "fontsize", "linespread", "cline", "cmidrule", "multirow@", "documentclass", "vskip", "hskip");

    // a command, and the sign that it stands for
    private static readonly FrozenDictionary<string, string> _signs =
        """
        ldots … dots … textbackslash \ ss ß o ø O Ø ae æ AE Æ oe œ OE Œ
        aa å AA Å l ł L Ł i ı LaTeX LaTeX TeX TeX S § copyright © textregistered ®
        texttrademark ™ pounds £ euro € textasciitilde ~ textasciicircum ^ textbar | textless < textgreater > textendash – textemdash —
        textquoteright ’ textdegree ° dag † P ¶
        """.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Chunk(2).Concat([["quad", " "], ["qquad", " "], ["newline", " "]]).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    // what an accent makes of letters; others get a combining sign
    private static readonly FrozenDictionary<char, (char Sign, string Letters, string Accented)> _accents = new Dictionary<char, (char, string, string)>
    {
        ['\''] = ('\u0301', "aeiouyAEIOUYcnszlr", "áéíóúýÁÉÍÓÚÝćńśźĺŕ"),
        ['`'] = ('\u0300', "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
        ['^'] = ('\u0302', "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
        ['"'] = ('\u0308', "aeiouyAEIOU", "äëïöüÿÄËÏÖÜ"),
        ['~'] = ('\u0303', "anoANO", "ãñõÃÑÕ"),
        ['='] = ('\u0304', "aeiou", "āēīōū"),
        ['.'] = ('\u0307', "zZ", "żŻ"),
        ['c'] = ('\u0327', "csCS", "çşÇŞ"),
        ['v'] = ('\u030C', "cszrneCSZRNE", "čšžřňěČŠŽŘŇĚ"),
        ['u'] = ('\u0306', "agAG", "ăğĂĞ"),
        ['H'] = ('\u030B', "ouOU", "őűŐŰ"),
        ['k'] = ('\u0328', "aeAE", "ąęĄĘ"),
        ['r'] = ('\u030A', "auAU", "åůÅŮ"),
    }.ToFrozenDictionary();

    /// <summary>Footnotes of what was read since they were taken.</summary>
    public Queue<string> Footnotes { get; } = [];

    public string Plain(string text)
    {
        if (text.AsSpan().IndexOfAny(_marks) < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        Write(text, 0, text.Length, plain, 0);
        return plain.ToString();
    }

    private void Write(string text, int at, int end, StringBuilder plain, int level)
    {
        while (at < end)
        {
            var c = text[at];
            switch (c)
            {
                case '\\' when level < MostLevels:
                    at = Command(text, at + 1, end, plain, level);
                    break;
                case '$':
                    var math = text.IndexOf('$', at + 1, end - at - 1);
                    math = math < 0 ? at : math;
                    plain.Append(text, at, math + 1 - at);
                    at = math + 1;
                    break;
                case '{' or '}':
                    at++;
                    break;
                case '~':
                    plain.Append(' ');
                    at++;
                    break;
                case '-' or '`' or '\'' when at + 1 < end && text[at + 1] == c:
                    var isLong = c == '-' && at + 2 < end && text[at + 2] == '-';
                    plain.Append(c == '-' ? isLong ? '—' : '–' : '"');
                    at += isLong ? 3 : 2;
                    break;
                default:
                    plain.Append(c);
                    at++;
                    break;
            }
        }
    }

    private int Command(string text, int at, int end, StringBuilder plain, int level)
    {
        var length = 0;
        while (at + length < end && char.IsAsciiLetter(text[at + length]))
        {
            length++;
        }

        if (length == 0)
        {
            return Sign(text, at, end, plain);
        }

        var name = text.Substring(at, length);
        at += length;
        at += at < end && text[at] == '*' ? 1 : 0;
        if (length == 1 && _accents.ContainsKey(name[0]) && at < end && text[at] == '{')
        {
            return Accent(text, name[0], at, end, plain);
        }

        if (_signs.TryGetValue(name, out var sign))
        {
            plain.Append(sign);
            return at + (at + 1 < end && text[at] == '{' && text[at + 1] == '}' ? 2 : at < end && text[at] == ' ' && sign is not " " && char.IsLetter(sign[^1]) && sign.Length == 1 ? 1 : 0);
        }

        if (name == "verb" && at < end && text.IndexOf(text[at], at + 1, end - at - 1) is >= 0 and var close)
        {
            plain.Append(text, at + 1, close - at - 1);
            return close + 1;
        }

        var arguments = Arguments(text, ref at, end);
        if (arguments.Count > 0 && (name.StartsWith("cite", StringComparison.Ordinal) || name.EndsWith("cite", StringComparison.Ordinal) || name is "citep" or "citet"))
        {
            plain.Append('[').Append(text.AsSpan(arguments[^1].Start, arguments[^1].End - arguments[^1].Start)).Append(']');
        }
        else if (name is "footnote" && arguments.Count > 0)
        {
            Footnotes.Enqueue(Plain(text[arguments[0].Start..arguments[0].End]));
            plain.Append('\n', text.AsSpan(arguments[0].Start, arguments[0].End - arguments[0].Start).Count('\n'));
        }
        else if (!_dropped.Contains(name))
        {
            // of several arguments the last is the text: \href{url}{text}, \textcolor{red}{text}, \multicolumn{2}{c}{text}
            foreach (var (start, stop) in arguments.Count > 1 && name is "href" or "textcolor" or "colorbox" or "multicolumn" or "multirow" or "hyperref" or "raisebox" or "parbox" or "resizebox" or "scalebox" or "hyperlink" ? arguments[^1..] : arguments)
            {
                Write(text, start, stop, plain, level + 1);
            }
        }

        return at;
    }

    // \&, \\[2pt], \'e, \(
    private static int Sign(string text, int at, int end, StringBuilder plain)
    {
        if (at >= end)
        {
            return at;
        }

        var c = text[at];
        if (_accents.ContainsKey(c) && at + 1 < end)
        {
            return Accent(text, c, at + 1, end, plain);
        }

        switch (c)
        {
            case '\\':
                plain.Append(' ');
                return at + 1 < end && text[at + 1] == '[' && text.IndexOf(']', at, Math.Min(end - at, 20)) is > 0 and var close ? close + 1 : at + 1;
            case '(' or ')' or '[' or ']':
                plain.Append('\\').Append(c); // mathematics
                return at + 1;
            case ',' or ';' or ':' or ' ' or '\n':
                plain.Append(c == '\n' ? '\n' : ' ');
                return at + 1;
            case '-' or '/' or '!' or '@':
                return at + 1;
            default:
                plain.Append(c);
                return at + 1;
        }
    }

    private static int Accent(string text, char accent, int at, int end, StringBuilder plain)
    {
        var isBraced = at < end && text[at] == '{';
        at += isBraced ? 1 : 0;
        at += at < end && text[at] == '\\' ? 1 : 0; // \i
        if (at < end && char.IsLetter(text[at]))
        {
            var (sign, letters, accented) = _accents[accent];
            var known = letters.IndexOf(text[at], StringComparison.Ordinal);
            plain.Append(known < 0 ? $"{text[at]}{sign}" : accented[known].ToString());
            at++;
        }

        return at + (isBraced && at < end && text[at] == '}' ? 1 : 0);
    }

    // [optional]{argument}{argument}
    private static List<(int Start, int End)> Arguments(string text, ref int at, int end)
    {
        var arguments = new List<(int, int)>();
        while (at < end && text[at] is '{' or '[')
        {
            var close = Closing(text, at, end);
            if (close < 0)
            {
                break;
            }

            if (text[at] == '{')
            {
                arguments.Add((at + 1, close));
            }
            else if (arguments.Count > 0)
            {
                break; // a bracket of the text
            }

            at = close + 1;
        }

        return arguments;
    }

    /// <summary>The bracket that closes the one at a place; -1 where none does.</summary>
    public static int Closing(string text, int at, int end)
    {
        var (open, close, depth) = (text[at], text[at] == '{' ? '}' : ']', 0);
        for (var limit = Math.Min(end, at + 20_000); at < limit; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == open)
            {
                depth++;
            }
            else if (text[at] == close && --depth == 0)
            {
                return at;
            }
        }

        return -1;
    }
}
