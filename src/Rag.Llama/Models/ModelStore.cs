using System.Security.Cryptography;

namespace Rag.Llama.Models;

/// <summary>A folder of model files: those of the catalogue are downloaded into it once and then used without a network.</summary>
/// <remarks>Safe for concurrent use, also by several processes: of two that download the same model, one is told so by an exception.</remarks>
public sealed class ModelStore
{
    private const string FolderVariable = "RAG_MODELS";

    private readonly HttpClient _http;
    private readonly ModelStoreOptions _options;
    private readonly Func<string, long> _freeBytes;

    /// <summary>In a folder, which is created when something comes into it.</summary>
    /// <param name="folder">Such as <see cref="DefaultFolder"/>.</param>
    /// <param name="http">Sends the requests; such as <see cref="NewHttpClient"/>. Stays the caller's. One that follows redirects by itself hides them from the check for https.</param>
    /// <param name="options">How it downloads.</param>
    public ModelStore(string folder, HttpClient http, ModelStoreOptions? options = null)
        : this(folder, http, options, FreeBytes)
    {
    }

    internal ModelStore(string folder, HttpClient http, ModelStoreOptions? options, Func<string, long> freeBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(http);
        Folder = Path.GetFullPath(folder);
        _http = http;
        _options = options ?? new();
        _freeBytes = freeBytes;
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>The folder that <c>RAG_MODELS</c> names, else <c>rag/models</c> in the platform's folder for caches.</summary>
    public static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
        {
            return folder;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(home, ".cache");
        return Path.Combine(caches, "rag", "models");
    }

    /// <summary>A client as a store wants it: follows no redirects by itself and waits as long as the caller's token allows.</summary>
    public static HttpClient NewHttpClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The complete model files, by name, whether a catalogue knows them or not.</summary>
    public IReadOnlyList<StoredModel> List() => !Directory.Exists(Folder) ? [] :
    [
        .. new DirectoryInfo(Folder).EnumerateFiles("*.gguf")
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => new StoredModel(f.Name, f.FullName, f.Length)),
    ];

    /// <summary>The path of a model that is there with the size that the catalogue says; <see langword="null"/> when it is not. Does not read it.</summary>
    public string? Find(CatalogModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var file = new FileInfo(PathOf(model));
        return file.Exists && (model.Bytes is null || file.Length == model.Bytes) ? file.FullName : null;
    }

    /// <summary>Reads a whole model again and compares its hash.</summary>
    public async Task<ModelVerification> VerifyAsync(CatalogModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var path = PathOf(model);
        if (!File.Exists(path))
        {
            return ModelVerification.Missing;
        }

        if (Find(model) is null)
        {
            return ModelVerification.Damaged;
        }

        if (model.Sha256 is null)
        {
            return ModelVerification.Unverifiable;
        }

        await using var stream = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        return hash == model.Sha256 ? ModelVerification.Good : ModelVerification.Damaged;
    }

    /// <summary>The path of a model, downloaded first if it is not there. Goes on with what an earlier try left; cancelling leaves it for the next.</summary>
    /// <exception cref="ModelDownloadException">It cannot be had, is not the file that the catalogue means, cannot be verified, or is being downloaded already.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public async Task<string> PullAsync(CatalogModel model, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Find(model) is { } there)
        {
            return there;
        }

        if (model.Sha256 is null && !_options.AllowUnverified)
        {
            throw new ModelDownloadException($"'{model.FileName}' cannot be verified, since the catalogue has no SHA-256 for it: allow unverified files if you trust {ModelRequest.Shown(model.Url)}.");
        }

        return await FillAsync(model, (part, transfer) => new ModelDownload(model, new(_http, _options.AllowHttp), part, transfer).RunAsync(Address(model), progress, cancellationToken), cancellationToken);
    }

    /// <summary>Copies a file from elsewhere into the store as that model, when its size and hash are those of the catalogue, as far as it has them.</summary>
    /// <exception cref="ModelDownloadException">It is another file, or the disk has no room.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public async Task<string> ImportAsync(CatalogModel model, string file, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(file);
        await using var source = File.OpenRead(file);
        return await FillAsync(model, CopyAsync, cancellationToken);

        async Task CopyAsync(PartialFile part, ModelTransfer transfer)
        {
            part.Restart();
            transfer.Expect(source.Length);
            if (await transfer.CopyAsync(source, source.Length, progress, cancellationToken) is { } broken)
            {
                throw new ModelDownloadException($"'{file}' cannot be read: {broken.Message} Copy it again.", broken);
            }
        }
    }

    private static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // a network share without a drive: writing will tell
            return long.MaxValue;
        }
    }

    private async Task<string> FillAsync(CatalogModel model, Func<PartialFile, ModelTransfer, Task> fill, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var path = PathOf(model);
        await using var alone = Lock(model, path);
        if (Find(model) is { } there)
        {
            return there; // another process was faster
        }

        using var part = await PartialFile.OpenAsync(path, cancellationToken);
        var transfer = new ModelTransfer(model, part, () => _freeBytes(Folder));
        await fill(part, transfer);
        transfer.Finish();
        return path;
    }

    // The file stays: to delete it while another process opens it would let two hold the lock.
    private static FileStream Lock(CatalogModel model, string path)
    {
        try
        {
            return new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new ModelDownloadException($"'{model.FileName}' is being downloaded by another process, or the folder cannot be written to ({exception.Message}): wait for it, then try again.", exception) { IsTransient = true };
        }
    }

    private string PathOf(CatalogModel model) => Path.Combine(Folder, model.FileName);

    private Uri Address(CatalogModel model) => _options.Mirror is { } mirror ? new(mirror.AbsoluteUri.TrimEnd('/') + model.Url.PathAndQuery) : model.Url;
}
