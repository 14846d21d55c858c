using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rag;

/// <summary>What Rag tells of its work to whoever listens, such as OpenTelemetry with <c>AddSource("Rag")</c> and <c>AddMeter("Rag")</c>. It holds no text of questions, documents or answers, nor their ids; without a listener next to nothing is done.</summary>
/// <remarks>Spans and metrics: <c>docs/how-to/observe.md</c>. Of agents and tools they are named after OpenTelemetry's conventions for generative AI.</remarks>
public static class RagTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Rag";

    internal const string ErrorType = "error.type";

    internal static readonly Meter Meter = new(Name); // before those that it makes

    // Seconds. Bounds of OpenTelemetry's convention for the duration of requests, and longer ones, since models take minutes.
    private static readonly double[] s_seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    private static readonly Histogram<double> s_answers = Duration("rag.answer.duration", "From a question to its checked answer.");

    private static readonly Counter<long> s_sentences = Meter.CreateCounter<long>("rag.answer.sentences", "{sentence}", "Sentences of answers that were given.");

    internal static ActivitySource Source { get; } = new(Name);

    internal static Histogram<double> Retrieval { get; } = Duration("rag.retrieval.duration", "Until a retriever has found passages.");

    internal static Histogram<double> Duration(string name, string description) => Meter.CreateHistogram<double>(name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = s_seconds });

    /// <summary>Tells of an answer.</summary>
    internal static void Answered(Activity? span, Answer answer, TimeSpan elapsed)
    {
        var outcome = answer.Abstained ? "abstained" : "answered";
        var unsupported = answer.Sentences.Count(s => !s.Supported);
        s_answers.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("rag.outcome", outcome));
        Count(answer.Sentences.Count - unsupported, true);
        Count(unsupported, false);
        span?.SetTag("rag.outcome", outcome).SetTag("rag.passages", answer.Passages.Count).SetTag("rag.citations", answer.Citations.Count).SetTag("rag.sentences", answer.Sentences.Count).SetTag("rag.sentences.unsupported", unsupported)
            .SetTag("gen_ai.usage.input_tokens", answer.Usage.PromptTokens).SetTag("gen_ai.usage.output_tokens", answer.Usage.CompletionTokens);

        static void Count(int sentences, bool supported)
        {
            if (sentences > 0)
            {
                s_sentences.Add(sentences, new KeyValuePair<string, object?>("rag.supported", supported));
            }
        }
    }

    /// <summary>Tells that there was no answer.</summary>
    internal static void NotAnswered(Activity? span, Exception exception, TimeSpan elapsed)
    {
        s_answers.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("rag.outcome", exception is OperationCanceledException ? "cancelled" : "failed"));
        Failed(span, exception);
    }

    /// <summary>Marks a span as failed: by the kind of the exception, since its message may hold words of documents.</summary>
    internal static void Failed(Activity? span, Exception exception) => span?.SetTag(ErrorType, exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
}
