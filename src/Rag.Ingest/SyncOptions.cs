using System.Collections.ObjectModel;

namespace Rag.Ingest;

/// <summary>How files are synced into a store.</summary>
public sealed record SyncOptions
{
    /// <summary>Labels for every document of this sync. Default none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whose documents they are. Default the empty string.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Groups that may see them; none means everyone in the tenant. Default none.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Two-letter ISO 639-1 code of the language that every document of this sync is analysed in, such as <c>de</c>; <see langword="null"/> (the default) tells it from each document.</summary>
    /// <exception cref="ArgumentException">Not two lower-case letters.</exception>
    public string? Language
    {
        get;
        init => field = value is null or [>= 'a' and <= 'z', >= 'a' and <= 'z']
            ? value
            : throw new ArgumentException($"'{value}' is no language code: write two lower-case letters, such as en or de.", nameof(value));
    }

    /// <summary>Whether documents are removed from the store when their source says that they are gone: the file of a folder, the page of a site. Default no.</summary>
    public bool DeleteMissing { get; init; }

    /// <summary>Whether a file takes the place of a document of the same id that came from another file or from none, as an upload of the same name does; where it holds no document itself, the earlier one stays. Default no: such a file fails.</summary>
    public bool TakesOver { get; init; }

    /// <summary>Names of folders inside the given ones that are passed over, besides every file and folder whose name begins with a dot. Default <c>bin</c>, <c>node_modules</c>, <c>obj</c>, <c>__pycache__</c>.</summary>
    public IReadOnlyCollection<string> SkippedFolders { get; init; } = ["bin", "node_modules", "obj", "__pycache__"];

    /// <summary>Files that are read and chunked at once, at least 1. Default the number of processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Parallelism
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;
}
