using Rag.Ingest.Reading;

namespace Rag.Testing;

/// <summary>The promises of <see cref="IContainerReader"/>, inherited by the tests of each reader of containers.</summary>
public abstract class ContainerReaderContract : DocumentReaderContract
{
    /// <summary>Entries of <see cref="DocumentReaderContract.Sample"/> that can be read, in order.</summary>
    protected abstract IReadOnlyList<string> Entries { get; }

    [Fact]
    public async Task Entries_are_given_in_order_with_names_that_are_clean_and_unique()
    {
        var entries = await UnpackAsync(Sample());

        Assert.Equal(Entries, entries.Where(e => e.Problem is null).Select(e => e.Name));
        CheckNames(entries);
    }

    [Fact]
    public async Task The_same_bytes_give_the_same_entries_also_from_a_stream_that_dribbles()
    {
        var (first, second) = (await UnpackAsync(Sample()), new List<ContainerEntry>());
        await foreach (var entry in Reader().ReadEntriesAsync(new DribblingStream(Sample()), "a", new()))
        {
            second.Add(entry);
        }

        Assert.Equal(first.Select(e => (e.Name, e.Problem, Convert.ToHexString(e.Content.Span))), second.Select(e => (e.Name, e.Problem, Convert.ToHexString(e.Content.Span))));
    }

    [Fact]
    public async Task Cancellation_throws_while_entries_are_given()
    {
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Reader().ReadEntriesAsync(new MemoryStream(Sample()), "a", new(), source.Token))
            {
                source.Cancel();
            }

            source.Token.ThrowIfCancellationRequested();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Reader().ReadEntriesAsync(new MemoryStream(Sample()), "a", new(), new(true)).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task Damaged_bytes_give_entries_or_a_format_exception()
    {
        foreach (var bytes in Mutations.Of(Sample(), 400, seed: 3))
        {
            try
            {
                CheckNames(await UnpackAsync(bytes));
            }
            catch (DocumentFormatException e)
            {
                Assert.StartsWith("'a' cannot be read: ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>All entries.</summary>
    protected async Task<IReadOnlyList<ContainerEntry>> UnpackAsync(byte[] bytes, UnpackBudget? budget = null)
    {
        var entries = new List<ContainerEntry>();
        await foreach (var entry in Reader().ReadEntriesAsync(new MemoryStream(bytes), "a", budget ?? new()))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static void CheckNames(IReadOnlyList<ContainerEntry> entries)
    {
        Assert.Equal(entries.Count, entries.Select(e => e.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(entries, entry =>
        {
            Assert.All(entry.Name.Split('/'), segment => Assert.False(string.IsNullOrWhiteSpace(segment) || segment is "." or ".." || segment.Any(char.IsControl), entry.Name));
            Assert.DoesNotContain('\\', entry.Name);
        });
    }

    private IContainerReader Reader() => (IContainerReader)Create();
}
