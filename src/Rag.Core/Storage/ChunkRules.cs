using System.Globalization;

namespace Rag.Storage;

/// <summary>What must hold of the chunks of a document, so that every citation of them resolves.</summary>
internal static class ChunkRules
{
    public static void Check(Document document, IReadOnlyList<EmbeddedChunk> chunks)
    {
        for (var i = 0; i < chunks.Count; i++)
        {
            var (chunk, vector) = chunks[i];
            CheckNumbers(chunk, vector.Span, nameof(chunks));
            if (chunk.DocumentId != document.Id || chunk.Id != $"{document.Id}#{i}")
            {
                throw new ArgumentException($"Chunk {i} of document '{document.Id}' is called '{chunk.Id}' of '{chunk.DocumentId}'; make it with Chunk.Of.", nameof(chunks));
            }

            if (chunk.Span.End > document.Text.Length || !document.Text.AsSpan(chunk.Span.Start, chunk.Span.Length).SequenceEqual(chunk.Text))
            {
                throw new ArgumentException($"Chunk '{chunk.Id}' is not the text of its document at {chunk.Span}; make it with Chunk.Of.", nameof(chunks));
            }

            if (vector.Length != chunks[0].Vector.Length)
            {
                throw new ArgumentException($"Chunk '{chunk.Id}' has a vector of {vector.Length} numbers, the first chunk one of {chunks[0].Vector.Length}; embed all with one model.", nameof(chunks));
            }

            if (chunks[i].Model != chunks[0].Model)
            {
                throw new ArgumentException($"Chunk '{chunk.Id}' has a vector of '{chunks[i].Model}', the first chunk one of '{chunks[0].Model}'; embed all with one model.", nameof(chunks));
            }
        }
    }
    /// <summary>What must hold of vectors that wait to be searched.</summary>
    public static void CheckStaged(IReadOnlyList<EmbeddedChunk> chunks)
    {
        foreach (var embedded in chunks)
        {
            var (chunk, vector) = embedded;
            CheckNumbers(chunk, vector.Span, nameof(chunks));
            if (vector.IsEmpty || embedded.Model is null || embedded.Model != chunks[0].Model || vector.Length != chunks[0].Vector.Length)
            {
                var (own, first) = (new VectorSpace(embedded.Model, vector.Length), new VectorSpace(chunks[0].Model, chunks[0].Vector.Length));
                throw new ArgumentException($"Chunk '{chunk.Id}' has a vector of {own}, the first chunk one of {first}; embed all with one model, and name it.", nameof(chunks));
            }
        }
    }

    private static void CheckNumbers(Chunk chunk, ReadOnlySpan<float> vector, string parameter)
    {
        if (vector.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var place)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Number {place} of the vector of chunk '{chunk.Id}' is {vector[place]}; a vector can be compared only when all its numbers are finite. Embed the text again."), parameter);
        }
    }
}
