using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Rag.Llama.Models;

/// <summary>A file on its way into the store, beside its place: what has arrived, its hash so far, and the server's tag for what it is part of.</summary>
internal sealed class PartialFile : IDisposable
{
    private const int BufferBytes = 1 << 17;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(string path)
    {
        _path = path;
        _stream = new(PartPath(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
    }

    /// <summary>Bytes that have arrived.</summary>
    public long Length => _stream.Length;

    /// <summary>The tag of the server's file, where it is one that identifies every byte.</summary>
    public EntityTagHeaderValue? Tag { get; private set; }

    private string TagPath => PartPath(_path) + ".etag";

    public static string PartPath(string path) => path + ".part";

    /// <summary>Goes on with what an earlier try left, hashing it again.</summary>
    public static async Task<PartialFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var file = new PartialFile(path);
        try
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = await file._stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                file._hash.AppendData(buffer, 0, read);
            }

            file.Tag = File.Exists(file.TagPath) && EntityTagHeaderValue.TryParse(await File.ReadAllTextAsync(file.TagPath, cancellationToken), out var tag) ? tag : null;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Restart()
    {
        _stream.SetLength(0);
        _ = _hash.GetHashAndReset();
        SetTag(null);
    }

    public void SetTag(EntityTagHeaderValue? tag)
    {
        Tag = tag is { IsWeak: false } ? tag : null;
        if (Tag is null)
        {
            File.Delete(TagPath);
        }
        else
        {
            File.WriteAllText(TagPath, Tag.ToString());
        }
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _stream.Seek(0, SeekOrigin.End);
        await _stream.WriteAsync(bytes, cancellationToken);
        _hash.AppendData(bytes.Span);
    }

    /// <summary>The hash of all that has arrived, in lower-case hexadecimal digits.</summary>
    public string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Puts the file in its place, at once and whole.</summary>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(PartPath(_path), _path, overwrite: true);
        File.Delete(TagPath);
    }

    public void Discard()
    {
        _stream.Dispose();
        File.Delete(PartPath(_path));
        File.Delete(TagPath);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }
}
