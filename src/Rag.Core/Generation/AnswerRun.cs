using System.Text;

namespace Rag.Generation;

/// <summary>What is known of one answer while it is made.</summary>
internal sealed class AnswerRun(string question, TimeProvider time)
{
    private readonly StringBuilder _text = new();
    private readonly long _start = time.GetTimestamp();
    private AnswerTimings _timings = new(default, default, default, default);
    private IReadOnlyList<Passage> _passages = [];
    private TokenUsage _usage = new();
    private TokenUsage _usedBefore = new();
    private double? _confidence;
    private string? _reason;
    private Answer? _answer;

    /// <summary>What is being done, as in "while generating".</summary>
    public string Stage { get; private set; } = "retrieving";

    public bool Abstained => _reason is not null;

    public string Text => _text.ToString();

    public TokenUsage Usage => _usage;

    private TimeSpan Elapsed => time.GetElapsedTime(_start);

    public void Retrieved(IReadOnlyList<Passage> passages)
    {
        _passages = passages;
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
                _confidence = assessed.Confidence;
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

    public void Verified(Answer answer)
    {
        _answer = answer;
        _timings = _timings with { Verify = Elapsed - _timings.Retrieve - _timings.Generate };
    }

    public void Abstain(string reason) => _reason = reason;

    public Answer Complete() =>
        (_reason is { } reason ? Answer.Unanswered(question, reason) : _answer!) with { Confidence = _confidence, Passages = _passages, Usage = _usage, Timings = _timings };
}
