namespace Rag.Llama.Models;

/// <summary>How a store downloads.</summary>
public sealed record ModelStoreOptions
{
    /// <summary>Takes the place of scheme and host in every address, such as <c>https://hub.example.org/models</c>; hashes stay the catalogue's. Default: none.</summary>
    /// <exception cref="ArgumentException">It is not an absolute http or https address.</exception>
    public Uri? Mirror
    {
        get;
        init => field = value is null || (value.IsAbsoluteUri && value.Scheme is "http" or "https") ? value : throw new ArgumentException($"'{value}' is not an absolute http or https address.", nameof(value));
    }

    /// <summary>Whether unencrypted addresses beyond this machine, and redirects from https to http, are allowed. Default: no.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Whether a file without a known hash may be downloaded, so that nobody can tell whether it is the right one. Default: no.</summary>
    public bool AllowUnverified { get; init; }
}
