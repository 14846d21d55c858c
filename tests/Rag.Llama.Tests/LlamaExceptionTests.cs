namespace Rag.Llama.Tests;

public sealed class LlamaExceptionTests
{
    [Fact]
    public void Exception_keeps_its_sentence_and_its_cause()
    {
        var cause = new IOException("cause");

        var exception = new LlamaException("what, then what to do", cause);

        Assert.Equal(("what, then what to do", cause), (exception.Message, exception.InnerException));
    }
}
