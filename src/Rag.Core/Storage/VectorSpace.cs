using System.Globalization;
using Microsoft.Extensions.AI;

namespace Rag.Storage;

/// <summary>What vectors are comparable: those of one model and one length.</summary>
/// <param name="Model">Name of the model that made them, or <see langword="null"/> where it is not known.</param>
/// <param name="Dimensions">Numbers in each vector.</param>
public sealed record VectorSpace(string? Model, int Dimensions)
{
    /// <summary>The name of a generator's model, as its metadata give it; <see langword="null"/> where they do not.</summary>
    public static string? ModelOf(IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;
    }

    /// <summary>Whether vectors of the other may be compared with these: equally long, and of the same model where both are known.</summary>
    public bool Accepts(VectorSpace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Dimensions == other.Dimensions && (Model is null || other.Model is null || Model == other.Model);
    }

    /// <summary>For a sentence, such as <c>384 numbers by 'all-minilm'</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dimensions} numbers{(Model is null ? "" : $" by '{Model}'")}");
}
