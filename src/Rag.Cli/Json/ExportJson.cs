namespace Rag.Cli.Json;

/// <summary>What <c>rag feedback export</c> prints.</summary>
internal sealed record ExportJson(string Format, int Lines, int Ratings, int WithoutTexts, int Unsupported, int Disputed);
