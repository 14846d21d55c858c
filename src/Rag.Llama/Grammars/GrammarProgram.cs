namespace Rag.Llama.Grammars;

/// <summary>Alternatives of a rule or group: where each one's sequence starts, and the rule that it was written in.</summary>
internal sealed record Block(string RuleName, int Offset, int[] Alternatives);

/// <summary>A grammar as flat sequences of elements, each ended by <see cref="ElementKind.End"/>.</summary>
/// <param name="Elements">All sequences, one after the other.</param>
/// <param name="Blocks">By number; those of rules first, in the order of the text.</param>
/// <param name="Root">The block that the text must match.</param>
/// <param name="Nullable">By block: whether it can match nothing.</param>
/// <param name="Bytes">What the character elements accept.</param>
internal sealed record GrammarProgram(Element[] Elements, Block[] Blocks, int Root, bool[] Nullable, ByteAutomaton Bytes);
