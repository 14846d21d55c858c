using System.Text;

namespace Rag.Llama.Tests.Grammars;

/// <summary>Writes small grammars over a few characters of one to four bytes.</summary>
internal sealed class RandomGrammar(int seed)
{
    private static readonly string[] Terminals =
        ["\"a\"", "\"b\"", "\"ab\"", "\"\"", "[ab]", "[^a]", "\"\u00e9\"", "[\u00e0-\u00eb]", "\"\u4e2d\"", "[\u4e00-\u4e2f]", "\"\U0001F600\"", "[^\u00e9\U0001F600]", "."];

    private static readonly string[] Signs = ["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "{0,4}"];

    private readonly Random random = new(seed);

    public string Write()
    {
        var rules = random.Next(1, 4);
        var text = new StringBuilder($"root ::= {Choice(rules, 2)}\n");
        for (var rule = 0; rule < rules; rule++)
        {
            text.Append($"r{rule} ::= {Choice(rules, 2)}\n");
        }

        return text.ToString();
    }

    private string Choice(int rules, int depth) => string.Join(" | ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Sequence(rules, depth)));

    private string Sequence(int rules, int depth) => string.Join(" ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(rules, depth)));

    private string Part(int rules, int depth)
    {
        var part = random.Next(10) switch
        {
            < 2 when depth > 0 => $"({Choice(rules, depth - 1)})",
            < 5 => $"r{random.Next(rules)}",
            _ => Terminals[random.Next(Terminals.Length)],
        };
        return random.Next(3) == 0 ? part + Signs[random.Next(Signs.Length)] : part;
    }
}
