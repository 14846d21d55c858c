namespace Rag.Cli.Json;

/// <summary>One text's score, as <c>rag rerank</c> prints it.</summary>
/// <param name="Index">Its place on the command line, from 0.</param>
/// <param name="Score">0 to 1, higher is better.</param>
internal sealed record ScoreJson(int Index, double Score);
