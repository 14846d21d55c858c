using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class GrammarParseTests
{
    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("# only words\n", 2, 1, "empty")]
    [InlineData("root ::= other", 1, 10, "no rule 'other'")]
    [InlineData("start ::= \"a\"", 1, 1, "no rule 'root'. Rules: start")]
    [InlineData("root = \"a\"", 1, 6, "'::=' was expected after 'root'")]
    [InlineData("::= \"a\"", 1, 1, "name was expected")]
    [InlineData("root ::= root \"a\" | \"b\"", 1, 1, "'root' can start with itself (root -> root)")]
    [InlineData("root ::= a \"x\"\na ::= b | \"y\"\nb ::= a \"z\"", 2, 1, "(a -> b -> a)")]
    [InlineData("root ::= e* root \"a\" | \"b\"\ne ::= \"\"", 1, 1, "start with itself")]
    [InlineData("root ::= \"a\"? root \"b\" | \"c\"", 1, 1, "start with itself")]
    [InlineData("root ::= (root | \"a\") \"b\"", 1, 1, "start with itself")]
    [InlineData("root ::= (root \"a\")*", 1, 1, "start with itself")]
    [InlineData("root ::= \"a\" root", 1, 1, "'root' can never end")]
    [InlineData("root ::= \"a\" | \"b\" never\nnever ::= \"c\" never", 2, 1, "'never' can never end")]
    [InlineData("root ::= (\"a\"", 1, 10, "never closed")]
    [InlineData("root ::= (\"a\"\n  ]", 2, 3, "')' or another part")]
    [InlineData("root ::= \"a\")", 1, 13, "closes no group")]
    [InlineData("root ::= \"a", 1, 10, "literal is never closed")]
    [InlineData("root ::= [a-z", 1, 10, "class is never closed")]
    [InlineData("root ::= [a-", 1, 13, "inside a class")]
    [InlineData("root ::= []", 1, 10, "no character")]
    [InlineData("root ::= [^\\U00000000-\\U0010FFFF]", 1, 10, "no character")]
    [InlineData("root ::= [z-a]", 1, 11, "runs backwards")]
    [InlineData("root ::= \"\\q\"", 1, 11, "'\\q' is not an escape")]
    [InlineData("root ::= \"\\x4\"", 1, 11, "needs 2 hexadecimal digits, not '4\"'")]
    [InlineData("root ::= \"\\uD800\"", 1, 11, "U+D800")]
    [InlineData("root ::= \"\\U00110000\"", 1, 11, "U+110000")]
    [InlineData("root ::= \"\\", 1, 11, "ends inside an escape")]
    [InlineData("root ::= \"a\"{1000001}", 1, 14, "over 1000000")]
    [InlineData("root ::= \"a\"{99999999999999}", 1, 14, "over 1000000")]
    [InlineData("root ::= \"a\"{3,2}", 1, 13, "runs backwards")]
    [InlineData("root ::= \"a\"{,2}", 1, 14, "number was expected")]
    [InlineData("root ::= \"a\"{2;3}", 1, 15, "',' or '}' was expected")]
    [InlineData("root ::= * \"a\"", 1, 10, "nothing before it")]
    [InlineData("root ::= \"a\"*****", 1, 17, "in a row")]
    [InlineData("root ::= <think>", 1, 10, "Tokens such as")]
    [InlineData("root ::= !<[7]>", 1, 10, "Tokens such as")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", 2, 1, "defined twice")]
    [InlineData("root ::= \"a\"\n  \"b\"", 2, 3, "name was expected")]
    [InlineData("root ::= a_b", 1, 11, "end of the line was expected, not '_'")]
    public void Parse_says_where_and_what_is_wrong(string gbnf, int line, int column, string part)
    {
        var exception = Assert.Throws<GrammarException>(() => Grammar.Parse(gbnf));

        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (exception.Line, exception.Column));
    }

    [Theory]
    [InlineData("root ::= \"a\" \"b\"", "ab", "a")]
    [InlineData("root ::= \"a\" | \"b\"", "b", "ab")]
    [InlineData("root ::= \"a\" |\n  # a comment\n  \"b\"", "b", "c")]
    [InlineData("root ::=\n  \"a\"", "a", "")]
    [InlineData("root ::= (\n  \"a\" # first\n  \"b\"\n)+", "abab", "aba")]
    [InlineData("root ::= [^a-c\\]]", "d", "]")]
    [InlineData("root ::= [a-]+", "a-", "b")]
    [InlineData("root ::= [-a]+", "-a", "b")]
    [InlineData("root ::= \"\\n\\t\\r\\\"\\\\\\[\\]\\-\\x41\\u00e9\\U0001F600\"", "\n\t\r\"\\[]-A\u00e9\U0001F600", "A")]
    [InlineData("root ::= . .", "\u00e9\U0001F600", "a")]
    [InlineData("root ::= \"ab\"*", "abab", "aba")]
    [InlineData("root ::= \"a\"{2}", "aa", "aaa")]
    [InlineData("root ::= \"a\"{2,}", "aaaa", "a")]
    [InlineData("root ::= \"a\"{ 2 , 3 }", "aaa", "aaaa")]
    [InlineData("root ::= \"a\"{0} \"b\"", "b", "ab")]
    [InlineData("root ::= \"a\"+?", "", "b")]
    [InlineData("root ::= (\"a\"?){3}", "aa", "aaaa")]
    [InlineData("root ::= \"\"", "", "a")]
    [InlineData("root ::= | \"a\"", "", "b")]
    [InlineData("Root-2 ::= \"x\"\nroot ::= Root-2 Root-2\r\n", "xx", "x")]
    [InlineData("root ::= \"(\" root? \")\"", "((()))", "(()")]
    public void Parse_understands_the_notation(string gbnf, string accepted, string refused)
    {
        var grammar = Grammar.Parse(gbnf);

        Assert.True(Texts.Matches(grammar, accepted), accepted);
        Assert.False(Texts.Matches(grammar, refused), refused);
    }

    [Fact]
    public void Parse_takes_another_root_when_told()
    {
        var grammar = Grammar.Parse("root ::= \"a\"\nother ::= \"b\"", "other");

        Assert.True(Texts.Matches(grammar, "b"));
    }

    [Fact]
    public void Parse_refuses_groups_that_nest_too_deep()
    {
        var gbnf = "root ::= " + new string('(', 100_000) + "\"a\"" + new string(')', 100_000);

        Assert.Contains("200 deep", Assert.Throws<GrammarException>(() => Grammar.Parse(gbnf)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_refuses_more_rules_than_the_limit()
    {
        var gbnf = "root ::= \"a\"\n" + string.Concat(Enumerable.Range(0, 30_000).Select(number => $"r{number} ::= \"a\"\n"));

        Assert.Contains("20000 rules", Assert.Throws<GrammarException>(() => Grammar.Parse(gbnf)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_refuses_a_text_over_the_limit()
    {
        Assert.Contains("1000001 characters", Assert.Throws<GrammarException>(() => Grammar.Parse(new string('#', 1_000_001))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_follows_a_chain_of_thousands_of_rules()
    {
        var gbnf = "root ::= r0\n" + string.Concat(Enumerable.Range(0, 15_000).Select(number => $"r{number} ::= r{number + 1}\n")) + "r15000 ::= \"a\"";

        Assert.True(Texts.Matches(Grammar.Parse(gbnf), "a"));
    }

    [Fact]
    public void Parse_refuses_a_grammar_that_starts_in_too_many_ways()
    {
        var gbnf = "root ::= " + string.Join(" | ", Enumerable.Range(0, 12_000).Select(number => $"\"{number}\""));

        Assert.Contains("10000 ways", Assert.Throws<GrammarException>(() => Grammar.Parse(gbnf)).Message, StringComparison.Ordinal);
    }
}
