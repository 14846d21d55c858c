using System.Globalization;
using System.Text;

namespace Rag.Testing;

/// <summary>Damage that knows what a PDF is: huge numbers, references that go astray or in circles, objects twice, nesting without end, keywords lost.</summary>
public static class PdfMutations
{
    private static readonly string[] Numbers = ["0", "-1", "1", "2147483647", "2147483648", "4294967297", "9223372036854775807", "99999999999999999999999", "1e9", "--1", "0.5"];
    private static readonly string[] Keywords = ["endobj", "endstream", "stream", "obj", "xref", "trailer", "startxref", "/Length", "/Filter", "/W", "/Index", "/N ", "/First", "/Type", "/Kids", "/Prev", "/Size", "/Columns", ">>", "<<", "]", ")"];
    private static readonly string[] Insertions = [new('[', 50_000), string.Concat(Enumerable.Repeat("<</A", 20_000)), new('(', 5_000), "1 0 obj 1 0 R endobj\n", "<</Length 1 0 R>>stream\n", "/Prev 9 ", "/Filter[/Fl/Fl/Fl/Fl]", "/DecodeParms<</Predictor 12/Columns 2147483647/Colors 2147483647>>", "\0", "endobj ", "/W[8 8 8]/Index[0 2147483647]"];

    /// <summary><paramref name="count"/> damaged versions of <paramref name="good"/>; the same seed gives the same bytes.</summary>
    public static IEnumerable<byte[]> Of(byte[] good, int count, int seed)
    {
        var random = new Random(seed);
        var text = Encoding.Latin1.GetString(good);
        for (var i = 0; i < count; i++)
        {
            var changed = text;
            for (var times = random.Next(1, 6); times > 0; times--)
            {
                changed = random.Next(4) switch
                {
                    0 => ReplaceNumber(changed, random),
                    1 => Lose(changed, Pick(Keywords, random), random),
                    2 => changed.Insert(random.Next(changed.Length), Pick(Insertions, random)),
                    _ => Move(changed, random),
                };
            }

            yield return Encoding.Latin1.GetBytes(changed);
        }
    }

    private static string Pick(string[] all, Random random) => all[random.Next(all.Length)];

    private static string ReplaceNumber(string text, Random random)
    {
        var start = random.Next(text.Length);
        while (start < text.Length && !char.IsAsciiDigit(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return string.Concat(text.AsSpan(0, start), random.Next(3) == 0 ? Pick(Numbers, random) : random.Next(1, 30).ToString(CultureInfo.InvariantCulture), text.AsSpan(end));
    }

    private static string Lose(string text, string keyword, Random random)
    {
        var at = text.IndexOf(keyword, random.Next(text.Length), StringComparison.Ordinal);
        return at < 0 ? text : text.Remove(at, keyword.Length);
    }

    /// <summary>A stretch from elsewhere, written over or between.</summary>
    private static string Move(string text, Random random)
    {
        var from = random.Next(text.Length);
        var length = Math.Min(text.Length - from, random.Next(1, 400));
        var to = random.Next(text.Length);
        return string.Concat(text.AsSpan(0, to), text.AsSpan(from, length), text.AsSpan(random.Next(2) == 0 ? to : Math.Min(text.Length, to + length)));
    }
}
