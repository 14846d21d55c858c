using System.Text;
using Rag.Llama.Decoding;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class GrammarConstraintTests
{
    private const string Gbnf = "root ::= \"(\" (root | [a-z\u4e00-\u9fff\U0001F600-\U0001F64F]+ | \"\u00e9\"{1,3} \"!\")* \")\"";

    [Fact]
    public void Mask_leaves_the_tokens_that_Allows_says_on_random_vocabularies()
    {
        var grammar = Grammar.Parse(Gbnf);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var vocabulary = RandomVocabulary(random);
            var fresh = new GrammarConstraint(Grammar.Parse(Gbnf), vocabulary);
            var masked = new GrammarConstraint(grammar, vocabulary);
            for (var step = 0; step < 40 && !fresh.MustEnd; step++)
            {
                var byOne = Enumerable.Range(0, vocabulary.Count).Where(fresh.Allows).ToList();
                Assert.Equal(byOne, Texts.Allowed(masked, vocabulary.Count));
                Assert.Equal(byOne, Enumerable.Range(0, vocabulary.Count).Where(masked.Allows));
                var text = byOne.FindAll(token => token != vocabulary.Count - 1);
                var token = text[random.Next(text.Count)];
                fresh.Accept(token);
                masked.Accept(token);
            }
        }
    }

    [Fact]
    public void Accept_follows_characters_that_are_split_over_tokens()
    {
        var grammar = Grammar.Parse("root ::= \"\u4e2d\u6587\" [\U0001F600-\U0001F64F] \".\"");
        var bytes = "\u4e2d\u6587\U0001F603."u8.ToArray();
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var vocabulary = Texts.Vocabulary([bytes[..cut], bytes[cut..], [0xE4, 0xB8, 0xAE]]);
            var constraint = new GrammarConstraint(grammar, vocabulary);

            Assert.True(constraint.Allows(256));
            Assert.False(constraint.Allows(258));
            constraint.Accept(256);
            Assert.True(constraint.Allows(257));
            constraint.Accept(257);
            Assert.True(constraint.MustEnd);
        }
    }

    [Fact]
    public void Mask_allows_only_end_tokens_once_nothing_may_follow()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"a\""), Texts.Bytes);
        Assert.Equal([(int)'a'], Texts.Allowed(constraint, Texts.Bytes.Count));

        constraint.Accept('a');

        Assert.Equal((true, true), (constraint.CanEnd, constraint.MustEnd));
        Assert.Equal([257], Texts.Allowed(constraint, Texts.Bytes.Count));
    }

    [Fact]
    public void Mask_allows_end_tokens_beside_others_where_the_grammar_may_end()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"a\"+"), Texts.Bytes);
        constraint.Accept('a');

        Assert.Equal((true, false), (constraint.CanEnd, constraint.MustEnd));
        Assert.Equal([(int)'a', 257], Texts.Allowed(constraint, Texts.Bytes.Count));
    }

    [Fact]
    public void Accept_of_an_end_token_leaves_the_state()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"a\"*"), Texts.Bytes);

        constraint.Accept(257);

        Assert.True(constraint.CanEnd);
    }

    [Fact]
    public void Accept_refuses_a_token_that_is_not_allowed_and_stays()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"ab\""), Texts.Bytes);

        Assert.Contains("Token 98 ('b')", Assert.Throws<ArgumentException>(() => constraint.Accept('b')).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => constraint.Accept(256));
        Assert.Throws<ArgumentException>(() => constraint.Accept(257));
        Assert.Throws<ArgumentOutOfRangeException>(() => constraint.Accept(258));
        Assert.Throws<ArgumentOutOfRangeException>(() => constraint.Allows(-1));
        Assert.True(constraint.Allows('a'));
    }

    [Fact]
    public void AcceptText_moves_on_or_leaves_the_state()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"\u4e2d\" \"b\""), Texts.Bytes);

        constraint.AcceptText([0xE4, 0xB8]);
        Assert.Throws<ArgumentException>(() => constraint.AcceptText([0xAD, (byte)'c']));
        constraint.AcceptText([0xAD, (byte)'b']);

        Assert.True(constraint.MustEnd);
    }

    [Fact]
    public void Clone_moves_on_by_itself()
    {
        ITokenConstraint original = new GrammarConstraint(Grammar.Parse("root ::= \"ab\" | \"ac\""), Texts.Bytes);
        original.Accept('a');
        var clone = original.Clone();

        clone.Accept('b');

        Assert.Equal((true, true), (original.Allows('b'), original.Allows('c')));
        Assert.Equal((false, false), (clone.Allows('b'), clone.Allows('c')));
    }

    [Fact]
    public void Mask_says_when_no_token_can_continue()
    {
        var withoutB = new GrammarVocabulary([new ReadOnlyMemory<byte>([(byte)'a']), default], [1]);
        var withoutEnd = new GrammarVocabulary([new ReadOnlyMemory<byte>([(byte)'a'])], []);

        var stuck = Assert.Throws<GrammarException>(() => new GrammarConstraint(Grammar.Parse("root ::= \"b\""), withoutB).Mask(new float[2]));
        var over = Assert.Throws<GrammarException>(() => new GrammarConstraint(Grammar.Parse("root ::= \"\""), withoutEnd).Mask(new float[1]));

        Assert.Contains("token for each byte", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("no end token", over.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_wants_one_logit_for_each_token()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"a\""), Texts.Bytes);

        Assert.Throws<ArgumentException>(() => constraint.Mask(new float[257]));
    }

    [Fact]
    public void Constraint_drops_readings_that_nest_too_deep_and_can_still_end()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"(\" root \")\" | \"x\""), Texts.Bytes);
        while (constraint.Allows('('))
        {
            constraint.Accept('(');
        }

        Assert.Equal([(int)'x'], Texts.Allowed(constraint, Texts.Bytes.Count));
    }

    [Fact]
    public void Constraint_refuses_a_grammar_that_reads_a_text_in_too_many_ways()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= x x x\nx ::= \"a\" | \"a\" x x | \"a\" x \"b\" x"), Texts.Bytes);

        Assert.Throws<GrammarException>(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                constraint.Accept('a');
            }
        });
    }

    [Fact]
    public void Constraint_counts_a_million_without_unrolling()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= (\"ab\"{0,1000000} \".\"){1000000}"), Texts.Bytes);

        constraint.AcceptText(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ab", 5_000)) + "."));

        Assert.False(constraint.CanEnd);
    }

    [Fact]
    public void Constraint_stays_right_when_states_are_forgotten()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= [a-z]{300000} \".\""), Texts.Bytes);
        var start = constraint.Clone();

        constraint.AcceptText(Encoding.UTF8.GetBytes(new string('q', 300_000)));
        constraint.Accept('.');

        Assert.True(constraint.MustEnd);
        Assert.Equal(26, Texts.Allowed(start, Texts.Bytes.Count).Count);
    }

    private static GrammarVocabulary RandomVocabulary(Random random)
    {
        byte[][] parts = [[.. "("u8], [.. ")"u8], [.. "a"u8], [.. "\u00e9"u8], [.. "!"u8], [.. "\u4e2d"u8], [.. "\U0001F603"u8], [0xC3], [0xB8, 0xAD], [0xF0, 0x9F], [0xFF], [.. "Z"u8]];
        var pieces = Enumerable.Range(0, 200).Select(_ =>
        {
            var piece = Enumerable.Range(0, random.Next(1, 5)).SelectMany(_ => parts[random.Next(parts.Length)]).ToArray();
            return piece[random.Next(piece.Length)..] is { Length: > 0 } end && random.Next(2) == 0 ? end : piece;
        });
        return Texts.Vocabulary(pieces);
    }
}
