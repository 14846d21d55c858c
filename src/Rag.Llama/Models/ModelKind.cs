namespace Rag.Llama.Models;

/// <summary>What a model is for.</summary>
public enum ModelKind
{
    /// <summary>Answers in text.</summary>
    Chat,

    /// <summary>Turns a text into a vector.</summary>
    Embedding,

    /// <summary>Scores how well a passage answers a question.</summary>
    Rerank,
}
