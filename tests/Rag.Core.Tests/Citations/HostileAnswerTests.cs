using System.Text;
using Rag.Citations;
using Rag.Testing;

namespace Rag.Core.Tests.Citations;

/// <summary>Invariant 2 over answers that no honest generator would write.</summary>
public sealed class HostileAnswerTests
{
    private static readonly string[] Sources =
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
        "\ud83d", "\ude00", "😀", "\0", "12", "13", "1904", "1,250", "3.5", "not", "never", "Corvin", "Danube", "valves", "engine", "the", "Öl", "引擎", "items[0]", "x[2]", "1. ", "2) ", "- ", "| ", "e.g. ", "A", "é", "e\u0301",
    ];

    [Fact]
    public void Verify_lets_only_backed_marks_out_of_any_text()
    {
        var random = new Random(20);
        for (var round = 0; round < 3000; round++)
        {
            var passages = Passages.Of([.. Sources.Where(_ => random.Next(3) > 0)]);
            var verifier = new CitationVerifier(new() { Unsupported = (UnsupportedSentences)random.Next(3), MinSupport = random.Next(1, 11) / 10.0 });

            var answer = verifier.Verify("?", Text(random, passages), passages);

            AnswerContract.Check(answer);
        }
    }

    [Fact]
    public void Verify_ends_soon_on_a_million_brackets()
    {
        var text = string.Concat(Enumerable.Repeat("[1] valves ", 20_000)) + new string('[', 200_000) + new string('1', 200_000);

        AnswerContract.Check(new CitationVerifier().Verify("?", text, Passages.Of(Sources)));
    }

    private static string Text(Random random, IReadOnlyList<Passage> passages)
    {
        var text = new StringBuilder();
        for (var i = random.Next(25); i > 0; i--)
        {
            if (passages.Count > 0 && random.Next(4) == 0)
            {
                var source = passages[random.Next(passages.Count)].Chunk.Text;
                var from = random.Next(source.Length);
                text.Append(source, from, random.Next(source.Length - from + 1));
            }
            else
            {
                text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(2) == 0 ? " " : "");
            }
        }

        return text.ToString();
    }
}
