namespace Rag.Llama;

/// <summary>Something that llama.cpp can compute on.</summary>
/// <param name="Name">Its short name, such as <c>CUDA0</c> or <c>CPU</c>.</param>
/// <param name="Description">Its maker's name.</param>
/// <param name="IsGpu">Whether model layers can be placed on it.</param>
/// <param name="FreeBytes">Memory free when it was asked; 0 where the backend does not say.</param>
/// <param name="TotalBytes">Its whole memory; 0 where the backend does not say.</param>
public sealed record LlamaDevice(string Name, string Description, bool IsGpu, long FreeBytes, long TotalBytes);
