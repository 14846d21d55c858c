using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class RegexGrammarTests
{
    private static readonly string[] Samples =
        ["", "a", "b", "ab", "abc", "aab", "A1_", "12", "2024-01", " ", "\t", "\n", "\"", "\\", "a\"b", "\u00e9", "\u4e2d\u4e2d", "x.y", "xzy", "foo@bar.com", "-", "]", "[a]", "{2}", "aaaa", "abab", "A B", "\u0001"];

    [Theory]
    [InlineData("^a$")]
    [InlineData("a")]
    [InlineData("^a")]
    [InlineData("b$")]
    [InlineData("^a|b$")]
    [InlineData("^(a|b)+$")]
    [InlineData("^(?:ab){1,2}c?$")]
    [InlineData("^(?<letter>[a-c])*$")]
    [InlineData("^[^\"\\\\]+$")]
    [InlineData("[\"\\\\]")]
    [InlineData("^\\d{2,}$")]
    [InlineData("^\\d{4}-\\d{2}$")]
    [InlineData("^\\w+$")]
    [InlineData("\\W")]
    [InlineData("^\\S+$")]
    [InlineData("\\s")]
    [InlineData("^.$")]
    [InlineData("^x\\.y$")]
    [InlineData("^[\\w.]+@[\\w.-]+\\.[a-z]{2,4}$")]
    [InlineData("^[\\]\\[a-]+$")]
    [InlineData("^\\{2\\}$")]
    [InlineData("^a{2,4}?b?$")]
    [InlineData("^[\\u4e00-\\u9fff]+$")]
    [InlineData("^\\x61$")]
    [InlineData("")]
    [InlineData("^$")]
    [InlineData("^[\\s\\S]*$")]
    public void Pattern_accepts_the_strings_that_the_regular_expression_finds(string pattern)
    {
        // ECMAScript gives \d and \w their narrow meanings, but leaves .NET's '$' that also stands before a last line end
        var regex = new Regex(pattern.Replace("$", "\\z", StringComparison.Ordinal), RegexOptions.ECMAScript);
        var grammar = Grammar.FromJsonSchema(JsonElement.Parse($$"""{"type":"string","pattern":{{JsonText.Of(pattern)}}}"""));

        foreach (var sample in Samples)
        {
            var expected = regex.IsMatch(sample);
            Assert.True(expected == Texts.Matches(grammar, JsonText.Of(sample)), $"'{pattern}' on '{sample}' should be {expected}");
        }
    }

    [Fact]
    public void Pattern_counts_a_character_outside_the_basic_plane_as_one()
    {
        var grammar = Grammar.FromJsonSchema(JsonElement.Parse("""{"pattern":"^.{2}$"}"""));

        Assert.True(Texts.Matches(grammar, "\"\U0001F600a\""));
    }

    [Theory]
    [InlineData("a{2,1}")]
    [InlineData("a{x}")]
    [InlineData("a{2")]
    [InlineData("a**")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("\\bword")]
    [InlineData("\\p{L}")]
    [InlineData("(?!a)b")]
    [InlineData("(?<=a)b")]
    [InlineData("a$b")]
    [InlineData("*a")]
    [InlineData("\\")]
    [InlineData("\\u00")]
    public void Pattern_that_is_not_understood_is_refused(string pattern)
    {
        var schema = JsonElement.Parse($$"""{"pattern":{{JsonText.Of(pattern)}}}""");

        Assert.Equal("#/pattern", Assert.Throws<GrammarException>(() => JsonSchemaGrammar.ToGbnf(schema)).SchemaPath);
    }
}
