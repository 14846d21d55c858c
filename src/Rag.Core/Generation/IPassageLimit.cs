namespace Rag.Generation;

/// <summary>A generator that cannot take any number of passages: the pipeline packs what it has room for.</summary>
public interface IPassageLimit : IAnswerGenerator
{
    /// <summary>Why these passages are too much, in one sentence with the sizes and what to do; <see langword="null"/> where there is room for them and an answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">The passages as they would be given; may be empty.</param>
    /// <param name="options">What this question asks for. Default: <c>new()</c>.</param>
    string? Excess(string question, IReadOnlyList<Passage> passages, AskOptions? options = null);
}
