namespace Rag.Llama.Binding;

/// <summary>How the embeddings of a sequence become one.</summary>
internal enum PoolingType
{
    Unspecified = -1,
    None = 0,
    Mean = 1,
    Cls = 2,
    Last = 3,
    Rank = 4,
}
