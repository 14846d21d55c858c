using Rag.Llama.Embeddings;

namespace Rag.Llama;

/// <summary>What an embedding model wants to read before a text, so that questions and the passages that answer them come to lie near each other.</summary>
/// <param name="Query">Before questions, with the space at its end where there is one.</param>
/// <param name="Document">Before passages.</param>
public sealed record EmbeddingPrompts(string Query, string Document)
{
    /// <summary>Nothing before either.</summary>
    public static EmbeddingPrompts None { get; } = new("", "");

    /// <summary>The prompts of a model's family, known by its name alone, for a model that another program computes; <see cref="None"/> where the family is not known or wants none.</summary>
    public static EmbeddingPrompts Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return PromptFamilies.Find([name]);
    }

    /// <summary>The prompts of a model's family, known by its file's name, the name in its metadata, or its architecture; <see cref="None"/> where the family is not known or wants none.</summary>
    public static EmbeddingPrompts For(LlamaModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return PromptFamilies.Find([model.File.Name, model.File.Metadata.Text("general.basename"), model.Name, model.File.Architecture]);
    }
}
