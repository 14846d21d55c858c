namespace Rag.Cli.Json;

/// <summary>What <c>rag generate</c> prints; <c>finishReason</c> is <c>stop</c> or <c>length</c>, <c>backend</c> such as <c>cpu</c> or <c>cuda</c>.</summary>
internal sealed record GenerateJson(string Text, string FinishReason, int PromptTokens, int Tokens, double PromptMs, double GenerateMs, string Backend, int GpuLayers, uint Seed);
