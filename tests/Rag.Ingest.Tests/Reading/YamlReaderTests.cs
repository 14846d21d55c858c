using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class YamlReaderTests : DocumentReaderContract
{
    private const string Words = "      - run: |\n          make\n\n          # not a comment\n          make test\n";

    [Fact]
    public async Task Keys_are_the_context_of_what_stands_under_them()
    {
        var file = $"# The build.\nname: build\non: [push]\njobs:\n  build:\n    runs-on: linux\n    steps:\n{string.Concat(Enumerable.Repeat(Words, 30))}  # The rest.\n  test:\n    runs-on: linux\n---\nnext: 1\n";

        var document = await OutlineTexts.ReadAsync(file, "a.yaml");

        OutlineTexts.CheckVerbatim(document, file);
        Assert.Equal("jobs > build > steps", OutlineTexts.ContextOf(document, "# not a comment"));
        Assert.Equal("jobs", OutlineTexts.ContextOf(document, "# The rest."));
        Assert.Contains("test:", OutlineTexts.TextOf(document, "# The rest."), StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new YamlReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes($"a: 1\nb:\n  c:\n{string.Concat(Enumerable.Repeat(Words, 30))}");
}
