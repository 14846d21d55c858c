using System.Text.Json;
using Rag.Ingest.Reading;

namespace Rag.Testing;

/// <summary>The promises of <see cref="IDocumentReader"/>, inherited by the tests of each reader.</summary>
public abstract class DocumentReaderContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The reader under test.</summary>
    protected abstract IDocumentReader Create(ReaderLimits? limits = null);

    /// <summary>A good file of a few kilobytes that uses most of the format.</summary>
    protected abstract byte[] Sample();

    [Fact]
    public async Task Blocks_are_in_order_not_empty_not_overlapping_and_cover_the_text()
    {
        var document = await Create().ReadAsync(new MemoryStream(Sample()), "folder/sample");

        Assert.Equal("folder/sample", document.Id);
        Assert.NotEmpty(document.Blocks);
        DocumentPromises.Check(document);
    }

    [Fact]
    public async Task The_same_bytes_give_the_same_document()
    {
        var reader = Create();

        var documents = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => reader.ReadAsync(new MemoryStream(Sample()), "a"))));

        Assert.Single(documents.Select(d => JsonSerializer.Serialize(d)).Distinct());
    }

    [Fact]
    public async Task A_stream_that_dribbles_and_cannot_seek_gives_the_same_document_and_stays_open()
    {
        var stream = new DribblingStream(Sample());

        var document = await Create().ReadAsync(stream, "a");

        Assert.False(stream.IsDisposed);
        Assert.Equal(JsonSerializer.Serialize(await Create().ReadAsync(new MemoryStream(Sample()), "a")), JsonSerializer.Serialize(document));
    }

    [Fact]
    public async Task Reading_starts_at_the_current_position_and_leaves_the_stream_open()
    {
        var sample = Sample();
        var stream = new MemoryStream([1, 2, 3, .. sample]) { Position = 3 };

        var document = await Create().ReadAsync(stream, "a");

        Assert.True(stream.CanRead);
        Assert.Equal((await Create().ReadAsync(new MemoryStream(sample), "a")).Text, document.Text);
    }

    [Fact]
    public async Task Cancellation_throws_before_and_during_the_reading()
    {
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Create().ReadAsync(new MemoryStream(Sample()), "a", new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Create().ReadAsync(new DribblingStream(Sample(), 100, source), "a", source.Token));
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_with_a_sentence()
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => Create(new() { MaxBytes = 10 }).ReadAsync(new MemoryStream(Sample()), "a"));

        Assert.Equal("a", error.DocumentId);
        Assert.Contains("MaxBytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Damaged_bytes_give_a_document_or_a_format_exception(int seed)
    {
        var reader = Create();
        foreach (var bytes in Mutations.Of(Sample(), 200, seed))
        {
            try
            {
                DocumentPromises.Check(await Task.Run(() => reader.ReadAsync(new MemoryStream(bytes), "a")).WaitAsync(Patience));
            }
            catch (DocumentFormatException e)
            {
                Assert.StartsWith("'a' cannot be read: ", e.Message, StringComparison.Ordinal);
            }
        }
    }
}
