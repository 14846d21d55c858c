namespace Rag.Cli.Json;

/// <summary>What <c>rag copy</c> prints.</summary>
internal sealed record CopyJson(int Copied, int Unchanged, int Chunks);
