using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Api.Jobs;

/// <summary>The files that were uploaded, each as <c>TENANT/JOB/NAME</c>: a hash, the job's id, and the name that is the document's id. What no job keeps is deleted. Safe for concurrent use.</summary>
internal sealed class UploadedFiles(IOptions<RagApiOptions> options)
{
    private const int BufferSize = 80 << 10;
    private const int NameDigits = 32; // of both folders: 128 bits

    private static readonly FileStreamOptions s_written = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };

    /// <summary>The folder; <see langword="null"/> where none are kept.</summary>
    public string? Folder { get; } = options.Value.FilesFolder is { } folder ? Path.GetFullPath(folder) : null;

    /// <summary>Makes a file that is not there yet; lets a test fill the disk.</summary>
    public Func<string, FileStream> Create { get; init; } = path => new(path, s_written);

    /// <summary>Where the file of an upload lies.</summary>
    public string PathOf(IngestionJob job) => Path.Combine(FolderOf(job), job.Document);

    /// <summary>The file that a stored document was read from; <see langword="null"/> where it was not uploaded.</summary>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="document">Its id.</param>
    /// <param name="path">Its path as it is stored. It is not opened: the job is taken from it, and the file must lie in that job's folder.</param>
    public string? Find(string tenant, string document, string? path) =>
        Folder is not null && UploadOf(path) is { } job && PathOf(new(job, tenant, "", document)) is var file && Path.GetFileName(file) == document && File.Exists(file) ? file : null;

    /// <summary>The job that a path names; <see langword="null"/> where it is none of an upload.</summary>
    public static string? UploadOf(string? path) => Path.GetFileName(Path.GetDirectoryName(path)) is { } folder && IsName(folder) ? folder : null;

    /// <summary>Keeps the file of an upload; nothing is left of it when that fails.</summary>
    /// <returns>The job with length and hash of the file.</returns>
    /// <exception cref="ApiProblemException">The upload ends too soon, or has too many bytes.</exception>
    /// <exception cref="StoreException">The disk does not take it.</exception>
    public async Task<IngestionJob> SaveAsync(IngestionJob job, Stream content, CancellationToken cancellationToken)
    {
        var writes = true; // reading fails for the caller's reasons, writing for the server's
        try
        {
            Directory.CreateDirectory(FolderOf(job));
            await using var file = Create(PathOf(job));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferSize];
            var length = 0L;
            while (true)
            {
                writes = false;
                var read = await content.ReadAsync(buffer, cancellationToken);
                writes = true;
                if (read == 0)
                {
                    file.Flush(flushToDisk: true); // what is acknowledged survives a failure of power
                    return job with { Bytes = length, Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
                }

                length += read;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
        }
        catch (Exception e) when (writes && e is IOException or UnauthorizedAccessException)
        {
            Delete(job);
            throw new StoreException($"An uploaded file cannot be kept in '{Folder}': {e.Message} Check the disk and your permission to write there.", e) { DiskIsFull = StoreErrors.IsFull(e) };
        }
        catch (Exception e)
        {
            Delete(job);
            if (!writes && e is IOException and not BadHttpRequestException)
            {
                throw ApiProblemException.Invalid("The upload breaks off or is malformed. Send it again.");
            }

            throw;
        }
    }

    /// <summary>Deletes the file of an upload, if it is there.</summary>
    /// <exception cref="StoreException">The disk does not let it go.</exception>
    public void Delete(IngestionJob job) => Delete(FolderOf(job));

    /// <summary>Deletes the files of no job in <paramref name="kept"/>: what was being uploaded or deleted when the server was stopped. Touches nothing that is not named as uploads are.</summary>
    public void Sweep(IReadOnlySet<string> kept)
    {
        foreach (var upload in Directory.EnumerateDirectories(Folder!).Where(d => IsName(Path.GetFileName(d))).SelectMany(Directory.EnumerateDirectories))
        {
            if (IsName(Path.GetFileName(upload)) && !kept.Contains(Path.GetFileName(upload)))
            {
                Delete(upload);
            }
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // as it should be
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The uploaded file in '{folder}' cannot be deleted: {e.Message} Check your permission to write there.", e);
        }
    }

    private string FolderOf(IngestionJob job) => Path.Combine(Folder!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job.Tenant)))[..NameDigits], job.Id);

    private static bool IsName(string name) => name.Length == NameDigits && name.All(char.IsAsciiHexDigitLower);
}
