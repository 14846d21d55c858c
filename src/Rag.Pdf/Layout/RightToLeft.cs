using System.Text;

namespace Rag.Pdf.Layout;

/// <summary>From the order seen on the page, left to right, to the order of reading: the reverse of UAX #9's display, as far as lines of words need it.</summary>
internal static class RightToLeft
{
    /// <summary>Puts the words of one line into reading order, and the characters of right-to-left words too.</summary>
    /// <param name="words">Words by their place from left to right, each with its characters from left to right.</param>
    public static void ToLogical(List<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            words[i] = words[i] with { Text = ToLogical(words[i].Text) };
        }

        var (right, left) = (0, 0);
        foreach (var word in words)
        {
            foreach (var c in word.Text)
            {
                right += Script.IsRightToLeft(c) ? 1 : 0;
                left += Script.IsLeftToRight(c) ? 1 : 0;
            }
        }

        if (right >= left)
        {
            words.Reverse();
            ReverseWhere(words, static w => !IsRightToLeftWord(w)); // phrases of the other script and numbers keep their own order
        }
        else
        {
            ReverseWhere(words, IsRightToLeftWord);
        }
    }

    /// <summary>One word: characters as seen, from left to right, into reading order.</summary>
    internal static string ToLogical(string visual)
    {
        if (!visual.Any(Script.IsRightToLeft))
        {
            return visual;
        }

        var text = new StringBuilder(visual.Length);
        for (var end = visual.Length; end > 0;)
        {
            var start = end - 1;
            if (IsNeutralInNumber(visual, start) || Script.IsLeftToRight(visual[start]))
            {
                while (start > 0 && (Script.IsLeftToRight(visual[start - 1]) || IsNeutralInNumber(visual, start - 1)))
                {
                    start--;
                }

                text.Append(visual, start, end - start);
            }
            else
            {
                // marks stand behind their letter, also when both are turned round
                while (start > 0 && Script.IsMark(visual[start]))
                {
                    start--;
                }

                text.Append(visual[start]);
                text.Append(visual, start + 1, end - start - 1);
            }

            end = start;
        }

        return Mirror(text);
    }

    // digits in Arabic text run left to right, with the signs between them
    private static bool IsNeutralInNumber(string s, int i) =>
        (s[i] is >= '\u0660' and <= '\u0669') || (s[i] is '.' or ',' or ':' or '/' or '-' && i > 0 && i + 1 < s.Length && char.IsDigit(s[i - 1]) && char.IsDigit(s[i + 1]));

    private static string Mirror(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = text[i] switch
            {
                '(' => ')',
                ')' => '(',
                '[' => ']',
                ']' => '[',
                '<' => '>',
                '>' => '<',
                '{' => '}',
                '}' => '{',
                '«' => '»',
                '»' => '«',
                var c => c,
            };
        }

        return text.ToString();
    }

    private static bool IsRightToLeftWord(Word word) => word.Text.Any(Script.IsRightToLeft);

    private static void ReverseWhere(List<Word> words, Func<Word, bool> belongs)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var from = i;
            while (i < words.Count && belongs(words[i]))
            {
                i++;
            }

            if (i - from > 1)
            {
                words.Reverse(from, i - from);
            }
        }
    }
}
