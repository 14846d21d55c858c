namespace Rag.Llama.Embeddings;

/// <summary>The score of a model that is asked in words: how likely it begins its answer with yes rather than no.</summary>
internal sealed class AnswerScore : IPairScore
{
    /// <exception cref="LlamaModelException">Yes and no begin with the same token, so that the next token does not tell them apart.</exception>
    public AnswerScore(LlamaModel model, LlamaContextOptions options, string yes, string no)
    {
        var (good, bad) = (FirstToken(model.Vocabulary, yes), FirstToken(model.Vocabulary, no));
        if (good is null || bad is null || good == bad)
        {
            throw new LlamaModelException(model.Path, $"In the vocabulary of '{model.Name}' the answers '{yes}' and '{no}' begin with the same token, so one step does not tell them apart. Use another model, or other answers in LlamaRerankerOptions.");
        }

        Reading = Reading.NextToken(model, options, good.Value, bad.Value);
    }

    public Reading Reading { get; }

    // p(yes) / (p(yes) + p(no)): what all other tokens have cancels out
    public double Score(ReadOnlySpan<float> outputs) => Logistic.Of((double)outputs[0] - outputs[1]);

    private static int? FirstToken(LlamaVocabulary vocabulary, string answer) => vocabulary.Tokenize(answer) is [var first, ..] ? first : null;
}
