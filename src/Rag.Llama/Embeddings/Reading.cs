using Rag.Llama.Binding;
using Rag.Llama.Engine;

namespace Rag.Llama.Embeddings;

/// <summary>What is made of each text that is read.</summary>
/// <param name="Parameters">Of the context.</param>
/// <param name="Longest">Most tokens of a text: those of a step, and never more than the model was trained for, as a further position ends the process where positions are a table, as in BERT.</param>
/// <param name="AllRows">Whether all tokens give an output, as pooling needs, or the last one only.</param>
/// <param name="Result">Takes it from the context after a step: the text's sequence, and the row of its last token.</param>
internal sealed record Reading(llama_context_params Parameters, int Longest, bool AllRows, Func<LlamaContext, int, int, float[]> Result)
{
    // Enough texts to fill a step with short ones, few enough that the sequences cost no memory to speak of.
    private const int Sequences = 64;

    // The intermediate results of a step grow with the square of its tokens: 2048 at once are some hundred megabytes.
    private const int MostRows = 2048;

    // Where a model can generate, llama.cpp computes a logit for each token of the vocabulary after every token that is pooled: this many are 512 MiB.
    private const int MostLogits = 1 << 27;
    private const int FewestRows = 512;

    /// <summary>Reads the pooled vector, or what a ranking head says.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Size and threads.</param>
    /// <param name="pooling">How.</param>
    /// <param name="length">Numbers of a result.</param>
    public static Reading Pooled(LlamaModel model, LlamaContextOptions options, PoolingType pooling, int length)
    {
        var rows = RowsOf(model, options, model.Generates ? Math.Clamp(MostLogits / model.Vocabulary.Count, FewestRows, MostRows) : MostRows);
        var parameters = ContextParameters.ForEmbedding(model, options, rows, Sequences, pooling);
        return new(parameters, Math.Min(rows, model.TrainedContext), AllRows: true, (context, sequence, _) => context.Embedding(sequence, length).ToArray());
    }

    /// <summary>Reads what the model says of certain tokens being the next.</summary>
    public static Reading NextToken(LlamaModel model, LlamaContextOptions options, params int[] tokens)
    {
        var rows = RowsOf(model, options, MostRows);
        var parameters = ContextParameters.ForGeneration(model, options with { Size = rows, BatchSize = rows }, Sequences);
        return new(parameters, Math.Min(rows, model.TrainedContext), AllRows: false, (context, _, row) => Pick(context.Logits(row), tokens));
    }

    private static int RowsOf(LlamaModel model, LlamaContextOptions options, int most) => options.Size > 0 ? options.Size : Math.Min(most, model.TrainedContext);

    private static float[] Pick(ReadOnlySpan<float> logits, int[] tokens)
    {
        var picked = new float[tokens.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            picked[i] = logits[tokens[i]];
        }

        return picked;
    }
}
