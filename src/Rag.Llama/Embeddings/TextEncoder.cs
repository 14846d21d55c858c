namespace Rag.Llama.Embeddings;

/// <summary>A text as the token sequences to be read.</summary>
/// <param name="Parts">One, or several where a long text was split.</param>
/// <param name="CutTokens">Tokens of the text that are in none.</param>
internal sealed record EncodedText(IReadOnlyList<int[]> Parts, int CutTokens)
{
    public int Tokens => Parts.Sum(p => p.Length);
}

/// <summary>Turns texts into token sequences that a model can read. Safe for concurrent use.</summary>
internal sealed class TextEncoder
{
    private readonly LlamaVocabulary _vocabulary;
    private readonly TextFrame _frame;
    private readonly int _longest;
    private readonly LongText _longText;

    /// <param name="vocabulary">The model's.</param>
    /// <param name="longest">Most tokens of a sequence.</param>
    /// <param name="longText">What becomes of more.</param>
    public TextEncoder(LlamaVocabulary vocabulary, int longest, LongText longText)
    {
        (_vocabulary, _longest, _longText) = (vocabulary, longest, longText);
        _frame = new(vocabulary);
    }

    private int Room => _longest - _frame.Length;

    /// <summary>Whether a prompt leaves more than half of the room to the text.</summary>
    public bool HasRoomFor(string prompt) => 2 * Prompt(prompt).Length < Room;

    /// <summary>The sequences of a text behind its prompt. Special tokens are never read from the text.</summary>
    /// <exception cref="TextTooLongException">It is too long, and long texts are refused.</exception>
    public EncodedText Encode(string prompt, string text)
    {
        var tokens = _vocabulary.Tokenize(prompt + text);
        if (tokens.Length <= Room)
        {
            return new([NotEmpty(_frame.Around(tokens))], 0);
        }

        return _longText switch
        {
            LongText.Truncate => new([_frame.Around(tokens.AsSpan(0, Room))], tokens.Length - Room),
            LongText.Split => new(Split(prompt, tokens), 0),
            _ => throw new TextTooLongException(tokens.Length + _frame.Length, _longest),
        };
    }

    // Parts of equal length: a last one of a few words would weigh little and mean less.
    private List<int[]> Split(string prompt, int[] tokens)
    {
        var again = Prompt(prompt);
        var body = tokens.AsSpan(Math.Min(again.Length, tokens.Length));
        var room = Room - again.Length;
        var count = (body.Length + room - 1) / room;
        var parts = new List<int[]>(count);
        for (var i = 0; i < count; i++)
        {
            var start = (int)((long)body.Length * i / count);
            var end = (int)((long)body.Length * (i + 1) / count);
            parts.Add(_frame.Around([.. again, .. body[start..end]]));
        }

        return parts;
    }

    // A prompt ends with a space, as the next word's token begins with one; alone it would be a token of its own.
    private int[] Prompt(string prompt) => prompt.Length == 0 ? [] : _vocabulary.Tokenize(prompt.TrimEnd(' '));

    // Where a model adds nothing around a text, the empty text has no tokens, and nothing would be read.
    private int[] NotEmpty(int[] tokens) => tokens.Length > 0 ? tokens : [_vocabulary.Eos ?? _vocabulary.Bos ?? 0];
}
