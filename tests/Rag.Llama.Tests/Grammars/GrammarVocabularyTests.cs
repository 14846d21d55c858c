using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class GrammarVocabularyTests
{
    [Fact]
    public void Vocabulary_counts_all_tokens_and_names_those_that_end()
    {
        var vocabulary = new GrammarVocabulary([default, new ReadOnlyMemory<byte>([1]), default], [0, 2]);

        Assert.Equal(3, vocabulary.Count);
        Assert.Equal([0, 2], vocabulary.EndTokens.Order());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Vocabulary_refuses_end_tokens_that_are_not_tokens(int token)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GrammarVocabulary([default], [token]));
    }

    [Fact]
    public void Vocabulary_refuses_a_piece_of_absurd_length()
    {
        Assert.Throws<ArgumentException>(() => new GrammarVocabulary([new byte[70_000]], []));
    }

    [Fact]
    public void Tokens_with_the_same_piece_are_allowed_together()
    {
        ReadOnlyMemory<byte> piece = "ab"u8.ToArray();
        var vocabulary = new GrammarVocabulary([piece, "a"u8.ToArray(), piece, "b\0"u8.ToArray(), "b"u8.ToArray(), "abcdefgh"u8.ToArray(), "abcdefghi"u8.ToArray()], []);
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"abcdefghi\""), vocabulary);

        Assert.Equal([0, 1, 2, 5, 6], Texts.Allowed(constraint, vocabulary.Count));
    }

    [Fact]
    public void Vocabulary_of_nothing_but_control_tokens_allows_nothing()
    {
        var constraint = new GrammarConstraint(Grammar.Parse("root ::= \"a\"?"), new GrammarVocabulary([default, default], [1]));

        Assert.Equal([1], Texts.Allowed(constraint, 2));
    }
}
