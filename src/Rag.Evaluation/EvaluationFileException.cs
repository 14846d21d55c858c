namespace Rag.Evaluation;

/// <summary>A file of an evaluation cannot be used. The message is one sentence: where, what is wrong, what is expected.</summary>
/// <param name="path">The file.</param>
/// <param name="line">1-based line, or 0 where the fault is not on one line.</param>
/// <param name="reason">What is wrong, without a full stop.</param>
public sealed class EvaluationFileException(string path, int line, string reason)
    : Exception(line > 0 ? $"{path}, line {line}: {reason}." : $"{path}: {reason}.")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>1-based line, or 0 where the fault is not on one line.</summary>
    public int Line { get; } = line;
}
