namespace Rag.Llama.Engine;

/// <summary>How a text goes on behind its prompt: one token a step, or several beams a step.</summary>
internal interface IContinuation
{
    /// <summary>Whether the sequence can be given up and read again later from <see cref="GenerationRun.Tokens"/>.</summary>
    bool CanBeParked { get; }

    /// <summary>Sequences needed beside the one into which the prompt was read.</summary>
    int MoreSequences { get; }

    /// <summary>Takes what the model says behind the last token of <see cref="GenerationRun.Tokens"/>; returns the cause when the text has ended.</summary>
    FinishCause? Begin(GenerationRun generation, LlamaContext context, int row);

    /// <summary>Appends the rows of the next step.</summary>
    void AddRows(GenerationRun generation, LlamaContext context);

    /// <summary>Takes the logits of those rows; returns the cause when the text has ended.</summary>
    FinishCause? Take(GenerationRun generation, LlamaContext context);

    /// <summary>Ends the text as it stands, because there is no room to go on.</summary>
    FinishCause Finish(GenerationRun generation);
}
