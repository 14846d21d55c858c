using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

public sealed class GrammarConcurrencyTests
{
    [Fact]
    public void Grammar_and_vocabulary_serve_many_threads_at_once()
    {
        var gbnf = Grammar.FromJsonSchema(System.Text.Json.JsonElement.Parse("""{"type":"object"}""")).Gbnf;
        var shared = Grammar.Parse(gbnf, "json-object");
        var expected = Enumerable.Range(0, 16).Select(seed => Walk(Grammar.Parse(gbnf, "json-object"), seed)).ToArray();

        var found = new string[expected.Length];
        Parallel.For(0, found.Length, seed => found[seed] = Walk(shared, seed));

        Assert.Equal(expected, found);
    }

    private static string Walk(Grammar grammar, int seed)
    {
        var random = new Random(seed);
        var constraint = new GrammarConstraint(grammar, Texts.Bytes);
        var tokens = new List<int>();
        while (tokens.Count < 80 && !constraint.MustEnd)
        {
            var allowed = Texts.Allowed(constraint, Texts.Bytes.Count);
            tokens.Add(allowed[random.Next(allowed.Count)]);
            constraint.Accept(tokens[^1]);
        }

        return string.Join(' ', tokens);
    }
}
