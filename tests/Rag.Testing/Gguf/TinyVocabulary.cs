namespace Rag.Testing.Gguf;

/// <summary>A small vocabulary: for each token its text, its type as llama.cpp numbers them, and its score.</summary>
internal sealed class TinyVocabulary
{
    private const int Normal = 1, Unknown = 2, Control = 3, Byte = 6;

    private readonly HashSet<string> known = [];
    private readonly List<string> tokens = [];
    private readonly List<int> types = [];
    private readonly List<float> scores = [];

    public IReadOnlyList<string> Tokens => tokens;

    public IReadOnlyList<int> Types => types;

    public IReadOnlyList<float> Scores => scores;

    /// <summary>SentencePiece: 3 special tokens, all bytes, printable ASCII and a few merges, so that every text can be written.</summary>
    public static TinyVocabulary Llama(LlamaShape shape)
    {
        var vocabulary = new TinyVocabulary();
        vocabulary.Add("<unk>", Unknown);
        vocabulary.Add("<s>", Control);
        vocabulary.Add("</s>", Control);
        for (var i = 0; i < 256; i++)
        {
            vocabulary.Add($"<0x{i:X2}>", Byte);
        }

        vocabulary.Add("▁", Normal, -1000);
        for (var c = '!'; c <= '~'; c++)
        {
            vocabulary.Add(c.ToString(), Normal, -1000 - c);
        }

        // The higher the score, the earlier the merge.
        string[] merges = ["th", "▁th", "▁the", "he", "in", "▁a", "er", "on", "▁s", "re"];
        for (var i = 0; i < merges.Length; i++)
        {
            vocabulary.Add(merges[i], Normal, -i - 1);
        }

        foreach (var token in shape.ControlTokens)
        {
            vocabulary.Add(token, Control);
        }

        for (var i = 0; i < shape.ExtraVocabulary; i++)
        {
            vocabulary.Add($"<x{i}>", Normal, -5000 - i);
        }

        return vocabulary;
    }

    /// <summary>WordPiece as GGUF has it: words begin with U+2581, continuations have no mark, special tokens are as they are.</summary>
    public static TinyVocabulary Bert()
    {
        var vocabulary = new TinyVocabulary();
        vocabulary.Add("[PAD]", Control);
        vocabulary.Add("[UNK]", Unknown);
        vocabulary.Add("[CLS]", Control);
        vocabulary.Add("[SEP]", Control);
        vocabulary.Add("[MASK]", Control);
        for (var c = '!'; c <= '~'; c++)
        {
            if (!char.IsAsciiLetterUpper(c))
            {
                vocabulary.Add("▁" + c, Normal);
                vocabulary.Add(c.ToString(), Normal);
            }
        }

        foreach (var word in (string[])["the", "cat", "dog", "is", "what", "of", "paris", "capital", "france"])
        {
            vocabulary.Add("▁" + word, Normal);
        }

        return vocabulary;
    }

    // llama.cpp ends the process on a token that is there twice.
    private void Add(string token, int type, float score = 0)
    {
        if (!known.Add(token))
        {
            throw new ArgumentException($"The token '{token}' is there already: take another.", nameof(token));
        }

        tokens.Add(token);
        types.Add(type);
        scores.Add(score);
    }
}
