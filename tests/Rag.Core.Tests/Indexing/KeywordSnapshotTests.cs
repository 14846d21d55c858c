using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

public sealed class KeywordSnapshotTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rag-index-");

    private string File => Path.Combine(_folder.FullName, "a.index");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void TryLoad_gives_back_what_Save_wrote()
    {
        var random = new RandomDocuments(1);
        var documents = Enumerable.Range(0, 60).Select(i => (i, random.Next(i))).ToArray();
        var index = RandomDocuments.Index(documents).Remove(3).Remove(50);

        new KeywordSnapshot(7, new Dictionary<string, KeywordIndex> { [""] = index, ["acme"] = RandomDocuments.Index(documents[..5]) }).Save(File, RandomDocuments.Model, "store");

        var loaded = KeywordSnapshot.TryLoad(File, RandomDocuments.Model, "store");
        Assert.Equal(7, loaded!.Revision);
        Assert.Equal(["", "acme"], loaded.Tenants.Keys.Order());
        var query = random.Words(8);
        RandomDocuments.AssertSame(index.Search(query, 100, explain: true), loaded.Tenants[""].Search(query, 100, explain: true));
    }

    [Fact]
    public void TryLoad_takes_no_file_of_another_store_model_or_analysis()
    {
        var model = RandomDocuments.Model;
        new KeywordSnapshot(1, new Dictionary<string, KeywordIndex> { [""] = RandomDocuments.Index([(0, new RandomDocuments(1).Next(0))]) }).Save(File, model, "store");

        Assert.NotNull(KeywordSnapshot.TryLoad(File, model, "store"));
        Assert.Null(KeywordSnapshot.TryLoad(File, model, "other"));
        Assert.Null(KeywordSnapshot.TryLoad(File, model with { Name = "other" }, "store"));
        Assert.Null(KeywordSnapshot.TryLoad(File, model with { AnalyzerFor = _ => new SpaceAnalyzer("other") }, "store"));
        Assert.Null(KeywordSnapshot.TryLoad(File + "x", model, "store"));
    }

    [Fact]
    public void TryLoad_takes_no_damaged_file()
    {
        var random = new RandomDocuments(1);
        new KeywordSnapshot(1, new Dictionary<string, KeywordIndex> { [""] = RandomDocuments.Index(Enumerable.Range(0, 3).Select(i => (i, random.Next(i)))) }).Save(File, RandomDocuments.Model, "store");
        var bytes = System.IO.File.ReadAllBytes(File);
        var choice = new Random(2);

        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[choice.Next(bytes.Length)] ^= (byte)(1 << choice.Next(8));
            System.IO.File.WriteAllBytes(File, round % 3 == 0 ? bytes[..choice.Next(bytes.Length)] : damaged);
            Assert.Null(KeywordSnapshot.TryLoad(File, RandomDocuments.Model, "store"));
        }
    }

    [Fact]
    public void Save_writes_nothing_of_removed_documents()
    {
        var documents = new[] { (0, Testing.Corpus.Text("secretid", "secretword common")), (1, Testing.Corpus.Text("other", "common word")) };

        new KeywordSnapshot(1, new Dictionary<string, KeywordIndex> { [""] = RandomDocuments.Index(documents).Remove(0) }).Save(File, RandomDocuments.Model, "store");

        var text = System.Text.Encoding.Unicode.GetString(System.IO.File.ReadAllBytes(File));
        var shifted = System.Text.Encoding.Unicode.GetString(System.IO.File.ReadAllBytes(File)[1..]);
        Assert.DoesNotContain("secret", text + shifted, StringComparison.Ordinal);
        Assert.Contains("common", text + shifted, StringComparison.Ordinal);
    }
}
