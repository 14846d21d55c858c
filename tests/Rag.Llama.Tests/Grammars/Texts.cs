using System.Text;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Grammars;

/// <summary>Small vocabularies, and texts put through a grammar.</summary>
internal static class Texts
{
    public static GrammarVocabulary Bytes { get; } = Vocabulary([]);

    /// <summary>A token for each byte, tokens for the pieces, a control token and, last, an end token.</summary>
    public static GrammarVocabulary Vocabulary(IEnumerable<byte[]> pieces)
    {
        List<ReadOnlyMemory<byte>> all = [.. Enumerable.Range(0, 256).Select(value => new ReadOnlyMemory<byte>([(byte)value]))];
        all.AddRange(pieces.Select(piece => new ReadOnlyMemory<byte>(piece)));
        all.Add(default);
        all.Add("</s>"u8.ToArray());
        return new GrammarVocabulary(all, [all.Count - 1]);
    }

    public static bool Matches(Grammar grammar, string text) => After(grammar, Encoding.UTF8.GetBytes(text)) is { CanEnd: true };

    public static bool IsPrefix(Grammar grammar, ReadOnlySpan<byte> text) => After(grammar, text) is not null;

    /// <summary>The constraint after a text; null if the text is not allowed.</summary>
    public static GrammarConstraint? After(Grammar grammar, ReadOnlySpan<byte> text)
    {
        var constraint = new GrammarConstraint(grammar, Bytes);
        foreach (var value in text)
        {
            if (!constraint.Allows(value))
            {
                return null;
            }

            constraint.Accept(value);
        }

        return constraint;
    }

    /// <summary>The tokens that a mask leaves.</summary>
    public static List<int> Allowed(GrammarConstraint constraint, int count)
    {
        var logits = new float[count];
        constraint.Mask(logits);
        return [.. Enumerable.Range(0, count).Where(token => logits[token] == 0)];
    }
}
