using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rag.Llama.Chat;

/// <summary>
/// Keeps text from users and documents from becoming control tokens. Whatever in it spells one is replaced before a template writes the prompt, and put back when the prompt is cut into tokens,
/// as text. The rest of the prompt is tokenised in one piece, so that an honest conversation gives exactly the tokens that the model was trained on.
/// </summary>
/// <remarks>Holds the replacements of one prompt; not safe for concurrent use.</remarks>
internal sealed partial class ForeignText(LlamaVocabulary vocabulary, ForeignText.Markers markers)
{
    private const char Open = '\uF8F0';
    private const char Close = '\uF8F1';

    private readonly List<string> _replaced = [];

    /// <summary>The text with everything replaced that spells a control token or a marker.</summary>
    public string Guard(string text)
    {
        var at = text.AsSpan().IndexOfAny(markers.Search);
        if (at < 0)
        {
            return text;
        }

        var guarded = new StringBuilder();
        var from = 0;
        while (at >= 0)
        {
            var start = from + at;
            var marker = markers.At(text.AsSpan(start));
            guarded.Append(text, from, start - from).Append(CultureInfo.InvariantCulture, $"{Open}{_replaced.Count}{Close}");
            _replaced.Add(marker);
            from = start + marker.Length;
            at = text.AsSpan(from).IndexOfAny(markers.Search);
        }

        return guarded.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The tokens of a prompt that a template wrote around guarded texts.</summary>
    public int[] Tokenize(string prompt)
    {
        var tokens = new List<int>();
        var from = 0;
        foreach (Match replaced in Replacement().Matches(prompt))
        {
            tokens.AddRange(vocabulary.Tokenize(prompt.AsSpan(from, replaced.Index - from), parseSpecial: true));
            var marker = _replaced[int.Parse(replaced.ValueSpan[1..^1], CultureInfo.InvariantCulture)];
            // in two parts, since an added token is recognised even where control tokens are not
            tokens.AddRange(vocabulary.Tokenize(marker.AsSpan(0, 1)));
            tokens.AddRange(vocabulary.Tokenize(marker.AsSpan(1)));
            from = replaced.Index + replaced.Length;
        }

        tokens.AddRange(vocabulary.Tokenize(prompt.AsSpan(from), parseSpecial: true));
        return [.. tokens];
    }

    /// <summary>The prompt with the texts put back, for people.</summary>
    public string Restore(string prompt) => Replacement().Replace(prompt, m => _replaced[int.Parse(m.ValueSpan[1..^1], CultureInfo.InvariantCulture)]);

    [GeneratedRegex("\uF8F0[0-9]+\uF8F1")]
    private static partial Regex Replacement();

    /// <summary>What must not come out of foreign text: control tokens, markers of reasoning and calls, and the two characters used above.</summary>
    internal sealed class Markers
    {
        private readonly string[] _texts;

        public Markers(IEnumerable<string> texts)
        {
            _texts = [.. texts.Where(t => t.Length > 1).Append($"{Open}").Append($"{Close}").Distinct().OrderByDescending(t => t.Length)];
            Search = SearchValues.Create(_texts, StringComparison.Ordinal);
        }

        public SearchValues<string> Search { get; }

        /// <summary>The longest one at the beginning of a text.</summary>
        public string At(ReadOnlySpan<char> text)
        {
            foreach (var marker in _texts)
            {
                if (text.StartsWith(marker, StringComparison.Ordinal))
                {
                    return marker;
                }
            }

            throw new InvalidOperationException("No marker stands here.");
        }
    }
}
