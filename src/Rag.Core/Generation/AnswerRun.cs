using System.Text;

namespace Rag.Generation;

/// <summary>What is known of one answer while it is made.</summary>
internal sealed class AnswerRun(string question, TimeProvider time)
{
    private readonly StringBuilder _text = new();
    private readonly long _start = time.GetTimestamp();
    private AnswerTimings _timings = new(default, default, default, default);
    private IReadOnlyList<Passage> _passages = [];
    private string? _searched;
    private TokenUsage _usage = new();
    private TokenUsage _usedBefore = new();
    private string? _reason;
    private Answer? _answer;

    /// <summary>What is being done, as in "while generating".</summary>
    public string Stage { get; private set; } = "retrieving";

    /// <summary>How sure the answer is, once it is known.</summary>
    public double? Confidence { get; private set; }

    public bool Abstained => _reason is not null;

    public string Text => _text.ToString();

    public TokenUsage Usage => _usage;

    /// <summary>Time since the question was asked.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public void Retrieved(IReadOnlyList<Passage> passages, string searched)
    {
        (_passages, _searched) = (passages, searched);
        _timings = _timings with { Retrieve = Elapsed };
        Stage = "generating";
    }

    public void Take(AnswerUpdate update)
    {
        switch (update)
        {
            case AnswerUpdate.Words words:
                _timings = _text.Length > 0 ? _timings : _timings with { FirstToken = Elapsed - _timings.Retrieve };
                _text.Append(words.Text);
                break;
            case AnswerUpdate.Abstention abstention:
                _reason = abstention.Reason;
                break;
            case AnswerUpdate.Assessed assessed:
                Confidence = assessed.Confidence;
                break;
            case AnswerUpdate.Used used:
                _usage = new(_usedBefore.PromptTokens + used.Tokens.PromptTokens, _usedBefore.CompletionTokens + used.Tokens.CompletionTokens);
                break;
        }
    }

    /// <summary>The answer is written again; what was used stays used.</summary>
    public void Restart()
    {
        _text.Clear();
        _usedBefore = _usage;
        Stage = "writing the answer again";
    }

    /// <summary>What was written again is an abstention; the first answer stands.</summary>
    public void KeepFirst() => _reason = null;

    public void Generated()
    {
        _timings = _timings with { Generate = Elapsed - _timings.Retrieve };
        Stage = "verifying";
    }

    /// <summary>The answer has been checked.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="confidence">How sure it is; <see langword="null"/> where that is not known.</param>
    public void Verified(Answer answer, double? confidence)
    {
        (_answer, Confidence) = (answer, confidence);
        _timings = _timings with { Verify = Elapsed - _timings.Retrieve - _timings.Generate };
    }

    public void Abstain(string reason) => _reason = reason;

    public Answer Complete() =>
        (_reason is { } reason ? Answer.Unanswered(question, reason) : _answer!) with { Searched = _searched ?? question, Confidence = Confidence, Passages = _passages, Usage = _usage, Timings = _timings };
}
