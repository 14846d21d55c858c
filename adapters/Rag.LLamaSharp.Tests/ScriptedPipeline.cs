using LLama.Native;
using LLama.Sampling;

namespace Rag.LLamaSharp.Tests;

/// <summary>Takes the tokens of a script, whatever the model says, and tells when it is asked.</summary>
internal sealed class ScriptedPipeline(IEnumerable<LLamaToken> script, Action<int>? beforeToken = null) : ISamplingPipeline
{
    private readonly IEnumerator<LLamaToken> _script = script.GetEnumerator();

    public int Taken { get; private set; }

    public bool IsDisposed { get; private set; }

    public LLamaToken Sample(SafeLLamaContextHandle ctx, int index)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Assert.NotEmpty(ctx.GetLogitsIth(index).ToArray()); // there is something to sample from
        beforeToken?.Invoke(Taken++);
        return _script.MoveNext() ? _script.Current : throw new InvalidOperationException("The script is over.");
    }

    public void Dispose() => IsDisposed = true;

    public void Apply(SafeLLamaContextHandle ctx, LLamaTokenDataArray data) => throw new NotSupportedException();

    public void Reset() => throw new NotSupportedException();

    public void Accept(LLamaToken token)
    {
    }
}
