using Rag.Llama.Models;

namespace Rag.Llama.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly ModelStoreFixture fixture = new();

    private CatalogModel Model => fixture.Model(new("https://models.example/"));

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void List_gives_complete_files_by_name()
    {
        foreach (var name in new[] { "b.gguf", "a.gguf", "c.gguf.part", "c.gguf.lock", "notes.txt" })
        {
            File.WriteAllText(Path.Combine(fixture.Folder, name), "12");
        }

        Assert.Equal([new("a.gguf", Path.Combine(fixture.Folder, "a.gguf"), 2), new StoredModel("b.gguf", Path.Combine(fixture.Folder, "b.gguf"), 2)], fixture.Store().List());
    }

    [Fact]
    public void List_of_a_folder_that_is_not_there_is_empty()
    {
        using var http = new HttpClient();

        Assert.Empty(new ModelStore(Path.Combine(fixture.Folder, "none"), http).List());
    }

    [Fact]
    public void Find_gives_only_a_file_of_the_right_size()
    {
        Assert.Null(fixture.Store().Find(Model));

        File.WriteAllBytes(fixture.Path, fixture.File[..10]);
        Assert.Null(fixture.Store().Find(Model));

        File.WriteAllBytes(fixture.Path, fixture.File);
        Assert.Equal(fixture.Path, fixture.Store().Find(Model));
    }

    [Fact]
    public async Task VerifyAsync_reads_the_file_again()
    {
        Assert.Equal(ModelVerification.Missing, await fixture.Store().VerifyAsync(Model));

        await File.WriteAllBytesAsync(fixture.Path, fixture.File);
        Assert.Equal(ModelVerification.Good, await fixture.Store().VerifyAsync(Model));

        await File.WriteAllBytesAsync(fixture.Path, new byte[fixture.File.Length]);
        Assert.Equal(ModelVerification.Damaged, await fixture.Store().VerifyAsync(Model));

        await File.WriteAllBytesAsync(fixture.Path, fixture.File[..10]);
        Assert.Equal(ModelVerification.Damaged, await fixture.Store().VerifyAsync(Model));
    }

    [Fact]
    public async Task ImportAsync_copies_the_right_file()
    {
        var source = Path.Combine(fixture.Folder, "download");
        await File.WriteAllBytesAsync(source, fixture.File);
        await File.WriteAllBytesAsync(fixture.Part, new byte[99]);

        var path = await fixture.Store().ImportAsync(Model, source);

        Assert.Equal(fixture.File, await File.ReadAllBytesAsync(path));
        Assert.True(File.Exists(source));
    }

    [Fact]
    public async Task ImportAsync_refuses_another_file()
    {
        var source = Path.Combine(fixture.Folder, "download");
        await File.WriteAllBytesAsync(source, new byte[fixture.File.Length]);
        await Assert.ThrowsAsync<ModelDownloadException>(() => fixture.Store().ImportAsync(Model, source));

        await File.WriteAllBytesAsync(source, fixture.File[..99]);
        await Assert.ThrowsAsync<ModelDownloadException>(() => fixture.Store().ImportAsync(Model, source));

        await Assert.ThrowsAsync<FileNotFoundException>(() => fixture.Store().ImportAsync(Model, source + ".none"));
        Assert.Null(fixture.Store().Find(Model));
    }

    [Fact]
    public void DefaultFolder_is_for_models() => Assert.False(string.IsNullOrWhiteSpace(ModelStore.DefaultFolder()));
}
