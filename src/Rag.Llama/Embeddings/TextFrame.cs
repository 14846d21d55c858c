namespace Rag.Llama.Embeddings;

/// <summary>The tokens that a model wants around a text.</summary>
internal sealed class TextFrame
{
    public TextFrame(LlamaVocabulary vocabulary)
    {
        // What llama.cpp puts around nothing: BERT's vocabularies add [SEP] without saying that they add an end.
        var around = vocabulary.Tokenize("", addSpecial: true);
        var begins = around.Length > 0 && around[0] == vocabulary.Bos && (vocabulary.AddsBos || around.Length > 1);
        Begin = begins ? around[..1] : [];
        End = begins ? around[1..] : around;
    }

    public int[] Begin { get; }

    public int[] End { get; }

    /// <summary>Tokens of both.</summary>
    public int Length => Begin.Length + End.Length;

    /// <summary>Puts them around a text.</summary>
    public int[] Around(ReadOnlySpan<int> text) => [.. Begin, .. text, .. End];
}
