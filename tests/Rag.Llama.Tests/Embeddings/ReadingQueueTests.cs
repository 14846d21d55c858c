using Rag.Llama.Embeddings;

namespace Rag.Llama.Tests.Embeddings;

public sealed class ReadingQueueTests
{
    [Fact]
    public void Next_takes_a_text_of_each_request_in_turn()
    {
        var queue = new ReadingQueue();
        var (longer, shorter) = (Request(3, 3, 3), Request(3));
        queue.Add(longer);
        queue.Add(shorter);

        var step = queue.Next(rows: 9, sequences: 64);

        Assert.Equal([(longer, 0), (shorter, 0), (longer, 1)], step.Select(i => (i.Request, i.Index)));
    }

    [Fact]
    public void Next_serves_first_who_did_not_fit_before()
    {
        var queue = new ReadingQueue();
        var (longer, second) = (Request(8, 8, 8), Request(8));
        queue.Add(longer);
        queue.Add(second);

        Assert.Equal([(longer, 0)], queue.Next(10, 64).Select(i => (i.Request, i.Index)));
        Assert.Equal([(second, 0)], queue.Next(10, 64).Select(i => (i.Request, i.Index)));
        Assert.Equal([(longer, 1)], queue.Next(10, 64).Select(i => (i.Request, i.Index)));
    }

    [Fact]
    public void Next_takes_no_more_texts_than_sequences()
    {
        var queue = new ReadingQueue();
        queue.Add(Request(1, 1, 1));

        Assert.Equal(2, queue.Next(100, 2).Count);
        Assert.Single(queue.Next(100, 2));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public async Task Next_drops_cancelled_requests()
    {
        var queue = new ReadingQueue();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var (gone, other) = (new ReadingRequest([[1], [2]], cancelled.Token), Request(1));
        queue.Add(gone);
        queue.Add(other);

        gone.Cancel();

        Assert.Equal([other], queue.Next(100, 64).Select(i => i.Request));
        Assert.True(queue.IsEmpty);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Completion);
    }

    [Fact]
    public async Task Close_fails_what_waits()
    {
        var queue = new ReadingQueue();
        var request = Request(1);
        queue.Add(request);

        queue.Close(new LlamaException("Over."));

        Assert.Equal("Over.", (await Assert.ThrowsAsync<LlamaException>(() => request.Completion)).Message);
    }

    private static ReadingRequest Request(params int[] lengths) => new([.. lengths.Select(l => new int[l])], CancellationToken.None);
}
