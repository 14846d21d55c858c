namespace Rag.Citations;

/// <summary>A judge cannot be used: it gave other than one number from 0 to 1 for each claim.</summary>
public sealed class SupportJudgeException(string message) : Exception(message);
