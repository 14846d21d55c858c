using System.Numerics.Tensors;
using Rag.Llama.Binding;

namespace Rag.Llama.Embeddings;

/// <summary>The score of a classification head: the logistic of its one output, or the probability of the label that stands for a good answer.</summary>
internal sealed class ClassifierScore : IPairScore
{
    // What labels for a good answer are called: by Qwen3's re-rankers, by models of natural language inference, by transformers where nobody named them.
    private static readonly string[] GoodLabels = ["yes", "true", "relevant", "positive", "entailment", "label_1"];

    private readonly int _outputs;
    private readonly int _good;
    private readonly bool _mayBeProbabilities;

    /// <exception cref="LlamaModelException">The file has no head, or its head has no outputs.</exception>
    /// <exception cref="ArgumentException">There is no such label.</exception>
    public ClassifierScore(LlamaModel model, LlamaContextOptions options, string? label)
    {
        _outputs = (int)NativeMethods.llama_model_n_cls_out(model.Handle);
        if (!model.File.HasClassifier || _outputs < 1)
        {
            throw new LlamaModelException(model.Path, $"The re-ranker '{model.Name}' has no classification head, so its scores would mean nothing. Use a conversion that has one ('cls.weight' or 'cls.output.weight').");
        }

        _good = Choose(Labels(model, _outputs), label);
        // llama.cpp gives what Qwen3's heads say as probabilities, what all others say as logits
        _mayBeProbabilities = model.File.Architecture.StartsWith("qwen3", StringComparison.Ordinal);
        Reading = Reading.Pooled(model, options, PoolingType.Rank, _outputs);
    }

    public Reading Reading { get; }

    public double Score(ReadOnlySpan<float> outputs) => _outputs == 1 ? Logistic.Of(outputs[0])
        : _mayBeProbabilities && TensorPrimitives.Min(outputs) >= 0 && Math.Abs(TensorPrimitives.Sum(outputs) - 1) < 1e-3 ? outputs[_good]
        : Logistic.Share(outputs, _good);

    /// <summary>The place of the label asked for; else of the first whose name says that it is the good one; else the last, as classifiers count from no to yes.</summary>
    public static int Choose(IReadOnlyList<string> labels, string? label)
    {
        if (label is not null)
        {
            var place = labels.ToList().FindIndex(l => l.Equals(label, StringComparison.OrdinalIgnoreCase));
            return place >= 0 ? place : throw new ArgumentException($"The re-ranker has no label '{label}'. Labels: {string.Join(", ", labels.Select(l => l.Length > 0 ? l : "(unnamed)"))}.", nameof(label));
        }

        var known = labels.ToList().FindIndex(l => GoodLabels.Contains(l, StringComparer.OrdinalIgnoreCase));
        return known >= 0 ? known : labels.Count - 1;
    }

    private static unsafe List<string> Labels(LlamaModel model, int count) =>
        [.. Enumerable.Range(0, count).Select(i => NativeMethods.Text(NativeMethods.llama_model_cls_label(model.Handle, (uint)i)))];
}
