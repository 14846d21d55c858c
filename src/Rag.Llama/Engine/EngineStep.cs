namespace Rag.Llama.Engine;

/// <summary>Chooses the rows of one step: a row for each text that is being written, and the rest of the batch, in fair shares, for prompts that are being read.</summary>
internal static class EngineStep
{
    /// <summary>Fills the context's batch; generations that take part have <see cref="GenerationRun.Reading"/> or rows.</summary>
    /// <param name="active">Of the same adapters.</param>
    /// <param name="context">The context.</param>
    public static void Fill(IReadOnlyList<GenerationRun> active, LlamaContext context)
    {
        context.Batch.Clear();
        foreach (var writing in active.Where(g => g.HasBegun))
        {
            writing.Continuation.AddRows(writing, context);
        }

        // The shortest rest first: what it leaves of its share goes to the longer ones, and a short request never waits for a long prompt.
        var reading = active.Where(g => !g.HasBegun).OrderBy(g => g.Unread).ToList();
        for (var i = 0; i < reading.Count; i++)
        {
            var share = (context.Batch.Capacity - context.Batch.Count + reading.Count - i - 1) / (reading.Count - i);
            Read(reading[i], Math.Min(reading[i].Unread, share), context);
        }
    }

    private static void Read(GenerationRun generation, int count, LlamaContext context)
    {
        generation.Reading = count;
        generation.OutputRow = -1;
        for (var i = 0; i < count; i++)
        {
            var position = generation.Decoded + i;
            var isLast = position == generation.Tokens.Count - 1;
            var row = context.Add(generation.Tokens[position], position, generation.Sequence, isLast);
            generation.OutputRow = isLast ? row : generation.OutputRow;
        }
    }
}
