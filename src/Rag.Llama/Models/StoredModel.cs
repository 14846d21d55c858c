namespace Rag.Llama.Models;

/// <summary>A model file in the store.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Bytes">Its size.</param>
public sealed record StoredModel(string FileName, string Path, long Bytes);
