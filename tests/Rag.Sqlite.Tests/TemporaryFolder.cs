namespace Rag.Sqlite.Tests;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rag-store-");

    public string this[string file] => Path.Combine(_folder.FullName, file);

    public string FullName => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
