using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Llama.Grammars;

namespace Rag.Llama;

/// <summary>Holds a local model to the form of an answer: give <see cref="Constrain"/> as <see cref="ChatAnswerOptions.Constrain"/>.</summary>
public static class MarkedAnswers
{
    // A grammar remembers what it has met, so one is kept for each number of passages; a pipeline asks for few.
    private const int MaxKept = 64;

    private static readonly ConcurrentDictionary<int, Grammar> Kept = new();

    /// <summary>The options with a grammar: sentences, each with marks of the given passages behind it, or <see cref="ChatAnswerGenerator.Abstention"/> alone.</summary>
    /// <remarks>Brackets that begin with a digit are marks and nothing else, so <c>[Key]</c> can be written and <c>items[0]</c> cannot. A word that ends in a full stop, a question mark or an
    /// exclamation mark ends its sentence, unless it has up to two letters or the form of <c>e.g.</c>; after another abbreviation a mark is written too early. A grammar or schema that the request has already stays.</remarks>
    /// <param name="options">What the call would be made with; not changed.</param>
    /// <param name="passages">Passages are numbered from 1 to this.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="passages"/> is less than 1.</exception>
    public static ChatOptions Constrain(ChatOptions options, int passages)
    {
        ArgumentNullException.ThrowIfNull(options);
        return LlamaGrammar.With(options, GrammarFor(passages));
    }

    /// <summary>The grammar for that many passages, at least 1.</summary>
    internal static Grammar GrammarFor(int passages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(passages, 1);
        if (Kept.TryGetValue(passages, out var kept))
        {
            return kept;
        }

        var grammar = Grammar.Parse(Gbnf(passages));
        return Kept.Count < MaxKept ? Kept.GetOrAdd(passages, grammar) : grammar;
    }

    private static string Gbnf(int passages) =>
        $$"""
        root ::= "{{ChatAnswerGenerator.Abstention}}" | sentence ([ \n] sentence)*
        sentence ::= (word " ")* (word | last) " "? mark+
        word ::= (character | bracket)* ([^\[\] \n.!?。！？] | bracket) | short
        last ::= (character | bracket)* [.!?。！？]
        short ::= [A-Za-z] [a-z]? "." | [A-Za-z] "." [A-Za-z] "."
        character ::= [^\[\] \n。！？]
        bracket ::= "[" [^0-9\[\] \n] [^\[\]\n]* "]"
        mark ::= "[" number "]"
        number ::= {{string.Join(" | ", Enumerable.Range(1, passages).Select(n => $"\"{n}\""))}}
        """;
}
