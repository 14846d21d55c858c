using Rag.Ingest.Sources;
using Rag.Testing;
using static Rag.Ingest.Tests.Sources.WebCrawls;

namespace Rag.Ingest.Tests.Sources;

public sealed class FileSourceContractTests : DocumentSourceContract
{
    private readonly TemporaryFolder _folder = new();

    public FileSourceContractTests()
    {
        _folder.Write("docs/a.txt", "Herons fish.");
        _folder.Write("docs/sub/b.md", "# Otters\n\nOtters swim.");
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return base.DisposeAsync();
    }

    protected override IDocumentSource Create() => new FileSource([_folder.At("docs")]);
}

public sealed class WebSourceContractTests : DocumentSourceContract
{
    private readonly WebCrawls _web = new();

    public WebSourceContractTests() => _web.Site.Page(Home, Html("Herons fish.", "/a", "/b"), ("ETag", "\"1\"")).Page(Home + "a", Html("Otters swim.")).Page(Home + "b", Html("Owls hunt."));

    protected override IDocumentSource Create() => _web.Source();
}

public sealed class StreamSourceContractTests : DocumentSourceContract
{
    protected override IDocumentSource Create() => new JoinedSource([new StreamSource(new MemoryStream("Herons fish."u8.ToArray()), "a.txt"), new StreamSource(new MemoryStream("Otters swim."u8.ToArray()), "b.txt")]);
}
