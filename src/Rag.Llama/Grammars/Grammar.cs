using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>A grammar in llama.cpp's GBNF notation, checked and ready to match. Immutable to its users, and safe for concurrent use.</summary>
/// <remarks>It remembers the states and masks it has met, so keep one and use it for many texts. What it remembers is bounded.</remarks>
public sealed class Grammar
{
    private Grammar(string gbnf, GrammarProgram program)
    {
        Gbnf = gbnf;
        Matcher = new GrammarMatcher(program);
        Masks = new MaskCaches(Matcher);
    }

    /// <summary>The text it was read from.</summary>
    public string Gbnf { get; }

    internal GrammarMatcher Matcher { get; }

    internal MaskCaches Masks { get; }

    /// <summary>Reads a grammar: rules, alternatives, groups, literals, classes, '.', repetitions and comments, as llama.cpp's grammars/README.md describes them.</summary>
    /// <param name="gbnf">The notation's text. Token references (<c>&lt;[1000]&gt;</c>) are refused, since a grammar here matches text.</param>
    /// <param name="root">The rule that the whole text must match.</param>
    /// <exception cref="GrammarException">A fault in the text, with its place; a rule that can start with itself or never end; a grammar over the limits.</exception>
    public static Grammar Parse(string gbnf, string root = "root")
    {
        ArgumentNullException.ThrowIfNull(gbnf);
        ArgumentException.ThrowIfNullOrEmpty(root);
        var rules = GbnfParser.Parse(gbnf);
        return new Grammar(gbnf, GrammarCompiler.Compile(rules, root, (message, offset) => new GbnfScanner(gbnf).Error(message, offset)));
    }

    /// <summary>The grammar of the JSON texts that fit a schema; what is understood is said at <see cref="JsonSchemaGrammar.ToGbnf"/>.</summary>
    /// <exception cref="GrammarException">The schema says something that a grammar here cannot, with its place.</exception>
    public static Grammar FromJsonSchema(JsonElement schema) => Parse(JsonSchemaGrammar.ToGbnf(schema));
}
