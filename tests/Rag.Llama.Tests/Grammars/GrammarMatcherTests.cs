using System.Text;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class GrammarMatcherTests
{
    private static readonly Rune[] Alphabet = [.. "ab\u00e9\u00e8\u4e2d\u4e01\U0001F600\U0001F601".EnumerateRunes()];

    [Fact]
    public void Constraint_agrees_with_the_oracle_on_random_grammars_prefix_by_prefix()
    {
        var tried = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var gbnf = new RandomGrammar(seed).Write();
            if (TryParse(gbnf) is not { } grammar)
            {
                continue;
            }

            tried++;
            var oracle = new GrammarOracle(GbnfParser.Parse(gbnf));
            var random = new Random(seed);
            for (var text = 0; text < 6 && AgreesOnOneText(grammar, oracle, random, gbnf); text++)
            {
            }
        }

        Assert.True(tried > 80, $"only {tried} of the grammars could be parsed");
    }

    [Fact]
    public void Constraint_matches_exactly_the_characters_of_a_class()
    {
        var set = CodePointSet.Of([(0x41, 0x43), (0x7F, 0x81), (0x7FE, 0x802), (0xD7FE, 0xE001), (0xFFFE, 0x10001), (0x3F000, 0x41000), (0x10FFFE, 0x10FFFF)]);
        var grammar = Grammar.Parse("root ::= [\\x41-\\x43\\x7F-\\x81\\u07FE-\\u0802\\uD7FE-\\uE001\\uFFFE-\\U00010001\\U0003F000-\\U00041000\\U0010FFFE-\\U0010FFFF]");
        var near = set.Ranges.SelectMany(range => Enumerable.Range(range.Low - 2, 5).Concat(Enumerable.Range(range.High - 2, 5))).Where(Rune.IsValid).ToList();

        foreach (var codePoint in near)
        {
            Assert.Equal(set.Contains(codePoint), Texts.Matches(grammar, new Rune(codePoint).ToString()));
        }
    }

    [Theory]
    [InlineData(0xC0, 0x80)]
    [InlineData(0xC1, 0xBF)]
    [InlineData(0xE0, 0x9F)]
    [InlineData(0xED, 0xA0)]
    [InlineData(0xF0, 0x8F)]
    [InlineData(0xF4, 0x90)]
    [InlineData(0xE4, 0x41)]
    [InlineData(0x80)]
    [InlineData(0xF5)]
    [InlineData(0xFF)]
    public void Constraint_refuses_bytes_that_are_not_Utf8(params int[] bytes)
    {
        var grammar = Grammar.Parse("root ::= .*");

        Assert.False(Texts.IsPrefix(grammar, [.. bytes.Select(value => (byte)value)]));
    }

    [Fact]
    public void Constraint_cannot_end_inside_a_character()
    {
        var constraint = Texts.After(Grammar.Parse("root ::= .*"), [0xE4, 0xB8]);

        Assert.False(constraint!.CanEnd);
    }

    private static Grammar? TryParse(string gbnf)
    {
        try
        {
            return Grammar.Parse(gbnf);
        }
        catch (GrammarException)
        {
            return null; // left-recursive or endless, as random grammars often are
        }
    }

    /// <summary>False if the grammar turns out to be too ambiguous to follow, as a few are.</summary>
    private static bool AgreesOnOneText(Grammar grammar, GrammarOracle oracle, Random random, string gbnf)
    {
        try
        {
            AssertAgrees(grammar, oracle, random, gbnf);
            return true;
        }
        catch (GrammarException)
        {
            return false;
        }
    }

    private static void AssertAgrees(Grammar grammar, GrammarOracle oracle, Random random, string gbnf)
    {
        var text = new List<int>();
        var constraint = new GrammarConstraint(grammar, Texts.Bytes);
        for (var length = 0; length < 5; length++)
        {
            var judged = oracle.Judge([.. text]);
            Assert.True(judged == (constraint.CanEnd, true), $"{gbnf} on {string.Join(' ', text)}: {judged} but {constraint.CanEnd}");
            var next = Alphabet.Where(rune => oracle.Judge([.. text, rune.Value]).Prefix).ToList();
            foreach (var rune in Alphabet)
            {
                Assert.True(next.Contains(rune) == Continues(constraint, rune), $"{gbnf} on {string.Join(' ', text)} then {rune}");
            }

            if (next.Count == 0)
            {
                break;
            }

            var chosen = next[random.Next(next.Count)];
            text.Add(chosen.Value);
            constraint.AcceptText(Encoding.UTF8.GetBytes(chosen.ToString()));
        }
    }

    private static bool Continues(GrammarConstraint constraint, Rune rune)
    {
        var clone = constraint.Clone();
        foreach (var value in Encoding.UTF8.GetBytes(rune.ToString()))
        {
            if (!clone.Allows(value))
            {
                return false;
            }

            clone.Accept(value);
        }

        return true;
    }
}
