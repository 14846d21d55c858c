namespace Rag.Llama.Embeddings;

/// <summary>The tokens around a query and a text that are judged together. Query and text are tokens already, so nothing in them becomes one of these.</summary>
/// <param name="Before">Before the query.</param>
/// <param name="Between">Between the two.</param>
/// <param name="After">Behind the text.</param>
internal sealed record PairFrame(int[] Before, int[] Between, int[] After)
{
    private const string QuerySlot = "{query}";
    private const string TextSlot = "{document}";
    private const string InstructionSlot = "{instruction}";

    /// <summary>For cross-encoders: BERT's <c>[CLS] query [SEP] text [SEP]</c>, RoBERTa's <c>&lt;s&gt; query &lt;/s&gt;&lt;/s&gt; text &lt;/s&gt;</c>.</summary>
    /// <exception cref="LlamaModelException">The vocabulary has no token to stand between two texts.</exception>
    public static PairFrame OfSeparators(LlamaModel model)
    {
        var vocabulary = model.Vocabulary;
        var frame = new TextFrame(vocabulary);
        int[] end = frame.End.Length > 0 ? frame.End : (vocabulary.Eos ?? vocabulary.Separator) is { } mark ? [mark]
            : throw new LlamaModelException(model.Path, $"The vocabulary of '{model.Name}' has no token that stands between two texts, so query and passage cannot be told apart. Use another conversion of the re-ranker.");
        // BERT's own [SEP] ends each text already; where texts end with an end token, the separator comes on top of it
        int[] more = vocabulary.AddsEos && (vocabulary.AddsSeparator || IsOldRoberta(model)) ? [vocabulary.Separator ?? end[0]] : [];
        return new(frame.Begin, [.. end, .. more], end);
    }

    /// <summary>For models that are asked in words.</summary>
    /// <param name="vocabulary">The model's.</param>
    /// <param name="template">With <c>{query}</c> before <c>{document}</c>, each once, something behind them, and <c>{instruction}</c> before both or nowhere; may hold the names of control tokens.</param>
    /// <param name="instruction">What makes a text a good one.</param>
    /// <exception cref="ArgumentException">The template has no such places.</exception>
    public static PairFrame OfTemplate(LlamaVocabulary vocabulary, string template, string instruction)
    {
        var query = template.IndexOf(QuerySlot, StringComparison.Ordinal);
        var text = template.IndexOf(TextSlot, StringComparison.Ordinal);
        if (query < 0 || text < query || template.EndsWith(TextSlot, StringComparison.Ordinal))
        {
            throw new ArgumentException($"The prompt of a re-ranker has to hold '{QuerySlot}', behind it '{TextSlot}', and behind that what asks for the answer. This one does not: '{template}'.", nameof(template));
        }

        var before = Instructed(vocabulary, template[..query], instruction);
        int[] begin = vocabulary is { AddsBos: true, Bos: { } bos } && (before.Length == 0 || before[0] != bos) ? [bos] : [];
        return new(
            [.. begin, .. before],
            Parsed(vocabulary, template[(query + QuerySlot.Length)..text]),
            Parsed(vocabulary, template[(text + TextSlot.Length)..]));
    }

    private int Length => Before.Length + Between.Length + After.Length;

    /// <summary>Whether there is room for a query and a text worth reading.</summary>
    public bool FitsIn(int longest) => 2 * Length <= longest;

    /// <summary>A pair, cut where it is too long: the query at its end, to no less than half of the room, and the text at its end.</summary>
    /// <param name="query">Tokens.</param>
    /// <param name="text">Tokens.</param>
    /// <param name="longest">Most tokens of the pair.</param>
    /// <returns>The tokens, and how many were left out.</returns>
    public (int[] Tokens, int Cut) Join(ReadOnlySpan<int> query, ReadOnlySpan<int> text, int longest)
    {
        var room = longest - Length;
        var queryLength = Math.Min(query.Length, Math.Max(room / 2, room - text.Length));
        var textLength = Math.Min(text.Length, room - queryLength);
        var cut = query.Length - queryLength + text.Length - textLength;
        return ([.. Before, .. query[..queryLength], .. Between, .. text[..textLength], .. After], cut);
    }

    // Files converted before llama.cpp knew the key do not say it; RoBERTa's kind, which XLM-R is of, doubles the mark.
    private static bool IsOldRoberta(LlamaModel model) =>
        !model.File.Metadata.Contains("tokenizer.ggml.add_sep_token") && model.File.Architecture.Contains("bert", StringComparison.Ordinal);

    private static int[] Instructed(LlamaVocabulary vocabulary, string template, string instruction)
    {
        var slot = template.IndexOf(InstructionSlot, StringComparison.Ordinal);
        return slot < 0
            ? Parsed(vocabulary, template)
            : [.. Parsed(vocabulary, template[..slot]), .. vocabulary.Tokenize(instruction), .. Parsed(vocabulary, template[(slot + InstructionSlot.Length)..])];
    }

    private static int[] Parsed(LlamaVocabulary vocabulary, string template) => template.Length == 0 ? [] : vocabulary.Tokenize(template, parseSpecial: true);
}
