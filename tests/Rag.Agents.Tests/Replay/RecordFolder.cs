namespace Rag.Agents.Tests.Replay;

/// <summary>A place for a record that is gone after the test.</summary>
internal sealed class RecordFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rag-replay-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "run.json");

    public void Dispose() => _folder.Delete(recursive: true);
}
