using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Rag.Llama.Grammars;

namespace Rag.Llama;

/// <summary>Holds a local model's reply to a grammar by its text: what an agent's <c>Constrain</c> takes.</summary>
public static class LlamaGrammar
{
    // A grammar remembers what it has met, so it is kept; an agent asks for few.
    private const int MaxKept = 64;

    private static readonly ConcurrentDictionary<string, Grammar> Kept = new();

    /// <summary>The options with the grammar. One that the request has already, or a schema, stays.</summary>
    /// <param name="options">What the call would be made with; not changed.</param>
    /// <param name="gbnf">The grammar, in llama.cpp's GBNF.</param>
    /// <exception cref="GrammarException">A fault in the text, with its place.</exception>
    public static ChatOptions Constrain(ChatOptions options, string gbnf)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(gbnf);
        if (!Kept.TryGetValue(gbnf, out var grammar))
        {
            grammar = Grammar.Parse(gbnf);
            grammar = Kept.Count < MaxKept ? Kept.GetOrAdd(gbnf, grammar) : grammar;
        }

        return With(options, grammar);
    }

    internal static ChatOptions With(ChatOptions options, Grammar grammar)
    {
        if (options.ResponseFormat is ChatResponseFormatJson)
        {
            return options;
        }

        var given = options.RawRepresentationFactory;
        var constrained = options.Clone();
        constrained.RawRepresentationFactory = client =>
        {
            var own = given?.Invoke(client) as LlamaChatOptions ?? new();
            return own.Grammar is null ? own with { Grammar = grammar } : own;
        };
        return constrained;
    }
}
