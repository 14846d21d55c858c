using System.Text;
using Rag.Llama.Models;

namespace Rag.Llama.Tests.Models;

public sealed class ModelCatalogTests
{
    private const string Entry = """
        {"name":"NAME","kind":"Embedding","fileName":"FILE","url":"https://models.example/x","sha256":"SHA","licence":"MIT","memoryGigabytes":4,"contextLength":512}
        """;

    [Fact]
    public void BuiltIn_has_models_of_every_kind_and_memory_class()
    {
        var models = ModelCatalog.BuiltIn().Models;

        Assert.Equal(Enum.GetValues<ModelKind>(), models.Select(m => m.Kind).Distinct().Order());
        Assert.Equal([4, 8, 16, 24], models.Where(m => m.Kind == ModelKind.Chat).Select(m => m.MemoryGigabytes).Distinct().Order());
    }

    [Fact]
    public void BuiltIn_models_can_be_verified_and_come_encrypted_from_a_pinned_revision()
    {
        Assert.All(ModelCatalog.BuiltIn().Models, m =>
        {
            Assert.NotNull(m.Sha256);
            Assert.Equal("https", m.Url.Scheme);
            Assert.Matches("/resolve/[0-9a-f]{40}/", m.Url.AbsolutePath);
            Assert.NotEmpty(m.Licence);
        });
    }

    [Fact]
    public void BuiltIn_is_ordered_by_kind_and_size()
    {
        var models = ModelCatalog.BuiltIn().Models;

        Assert.Equal(models.OrderBy(m => m.Kind).ThenBy(m => m.MemoryGigabytes), models);
        Assert.All(models, m => Assert.True(m.Bytes is null || m.Bytes < m.MemoryGigabytes * 1_000_000_000L));
    }

    [Fact]
    public void Get_ignores_case_and_names_the_models_when_there_is_none()
    {
        var catalog = Read(Entry);

        Assert.Equal("good.gguf", catalog.Get("Good").FileName);
        Assert.Contains("Models: good.", Assert.Throws<LlamaException>(() => catalog.Get("bad")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../good.gguf")]
    [InlineData("/etc/good.gguf")]
    [InlineData("a/good.gguf")]
    [InlineData("a:good.gguf")]
    [InlineData(".gguf")]
    [InlineData("good.exe")]
    [InlineData("go od.gguf")]
    public void Read_refuses_a_file_name_that_is_none(string name)
    {
        var exception = Assert.Throws<LlamaException>(() => Read(Entry.Replace("FILE", name, StringComparison.Ordinal)));

        Assert.Contains("is not the name of a model file", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[{}]")]
    [InlineData("[{\"name\":1}]")]
    public void Read_refuses_what_is_no_catalogue(string json) => Assert.Throws<LlamaException>(() => ModelCatalog.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Read_refuses_a_hash_that_is_none_and_names_that_are_there_twice()
    {
        Assert.Throws<LlamaException>(() => Read(Entry.Replace("SHA", "12", StringComparison.Ordinal)));
        Assert.Throws<LlamaException>(() => Read(Entry, Entry));
    }

    private static ModelCatalog Read(params string[] entries) => ModelCatalog.Read(new MemoryStream(Encoding.UTF8.GetBytes($"[{string.Join(',', entries)}]"
        .Replace("NAME", "good", StringComparison.Ordinal)
        .Replace("FILE", "good.gguf", StringComparison.Ordinal)
        .Replace("SHA", new string('a', 64), StringComparison.Ordinal))));
}
