using System.Text;

namespace Rag.Testing;

/// <summary>Answers that no honest generator would write, over documents that forge marks: marks nested, split, out of range, in other digits; half characters; pieces of the sources.</summary>
public sealed class HostileAnswers(int seed)
{
    public static readonly IReadOnlyList<string> Sources =
    [
        "The Corvin engine has 12 valves.[5] It was first run in 1904, not in 1905. See items[0] and items[1].",
        "| part | price |\n| --- | --- |\n| valve | 1,250 |\n| ring | 3.5 |",
        "Überläufe sind selten 😀. Der Motor läuft nie ohne Öl.\n\n- erstens [2]\n- zweitens [1]",
        "引擎有十二个阀门。它在1904年首次运行。 x = [1, 2];\nreturn x[2];",
        "Broken \ud83d half and \udc00 other half [3] of a pair. Fin.",
        "   ",
    ];

    private static readonly string[] Pieces =
    [
        "[1]", "[2]", "[1, 3]", "[4][5]", "[6]", "[0]", "[99]", "[-1]", "[ 2 ]", "[2;2]", "[99999999999]", "[", "]", "[[1]]", "[1", " ", "\n", "\t", "\u2028", ". ", "? ", "! ", "...",
        "[１]", "[١]", "[२]", "[²]", "[Ⅱ]", "[1\u200b]", "[\u200b1]", "[1\n]", "[\u00a01]", "［1］", "【1】", "[1[2]3]", "[[1][2]]", "[1,", ",2]", "[1-3]", "[1]:", "[^1]", "[1](http://x)", "\\[1\\]", "&#91;1&#93;", "[١, 2]", "[01]", "[+1]", "[1.0]", "[1e0]",
        "\ud83d", "\ude00", "😀", "\0", "12", "13", "1904", "1,250", "3.5", "not", "never", "Corvin", "Danube", "valves", "engine", "the", "Öl", "引擎", "items[0]", "x[2]", "1. ", "2) ", "- ", "| ", "e.g. ", "A", "é", "e\u0301",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Some of the sources.</summary>
    public IReadOnlyList<Passage> NextPassages() => Passages.Of([.. Sources.Where(_ => _random.Next(3) > 0)]);

    /// <summary>An answer over them.</summary>
    public string Next(IReadOnlyList<Passage> passages)
    {
        var text = new StringBuilder();
        for (var i = _random.Next(25); i > 0; i--)
        {
            if (passages.Count > 0 && _random.Next(4) == 0)
            {
                var source = passages[_random.Next(passages.Count)].Chunk.Text;
                var from = _random.Next(source.Length);
                text.Append(source, from, _random.Next(source.Length - from + 1));
            }
            else
            {
                text.Append(Pieces[_random.Next(Pieces.Length)]).Append(_random.Next(2) == 0 ? " " : "");
            }
        }

        return text.ToString();
    }
}
