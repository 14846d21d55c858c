using System.Buffers;

namespace Rag.Ingest.Reading;

/// <summary>Which characters a document's text may not hold, and what stands for them.</summary>
internal static class TextCleaning
{
    private static readonly SearchValues<char> _plainAscii = SearchValues.Create([.. Characters(c => c is '\t' or '\n' or (>= ' ' and <= '~'))]);

    /// <summary>White space.</summary>
    public static SearchValues<char> White { get; } = SearchValues.Create([.. Characters(char.IsWhiteSpace)]);

    /// <summary>The first character that <see cref="Replace"/> is for: surrogates, byte order marks, control characters but tab and line feed; -1 when there is none.</summary>
    public static int IndexOfSpecial(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyExcept(_plainAscii);
        for (; at >= 0 && at < text.Length; at++)
        {
            if (IsSpecial(text[at]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>What stands for the special character at the start of <paramref name="text"/>, and how many code units it takes.</summary>
    public static ReadOnlySpan<char> Replace(ReadOnlySpan<char> text, out int consumed)
    {
        var next = text.Length > 1 ? text[1] : '\0';
        consumed = (char.IsHighSurrogate(text[0]) && char.IsLowSurrogate(next)) || (text[0] == '\r' && next == '\n') ? 2 : 1;
        return text[0] switch
        {
            '\r' => "\n",
            '\f' or '\v' or '\u0085' => " ",
            var c when !char.IsSurrogate(c) => "",
            _ => consumed == 2 ? text[..2] : "\uFFFD",
        };
    }

    /// <summary><paramref name="text"/> without control characters, its runs of white space made one space each.</summary>
    public static string OneLine(string text)
    {
        var words = string.Create(text.Length, text, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) || source[i] == '\uFEFF' ? ' ' : source[i];
            }
        });
        return string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsSpecial(char c) => c < ' ' ? c is not ('\t' or '\n') : c is >= '\u007F' and (<= '\u009F' or >= '\uD800' and (<= '\uDFFF' or '\uFEFF'));

    private static IEnumerable<char> Characters(Func<char, bool> wanted) => Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(wanted);
}
