using Rag.Api.Security;

namespace Rag.Api;

/// <summary>How the server is guarded and what it takes.</summary>
public sealed class RagApiOptions
{
    /// <summary>Who may call. Default none: then only programs and browsers on this machine may, whatever the server listens on.</summary>
    public IList<ApiKey> Keys { get; } = [];

    /// <summary>The most that a request may hold, uploads aside, in bytes. Default 1 MiB.</summary>
    public long MaxRequestBytes { get; set; } = 1 << 20;

    /// <summary>The most that one upload may hold, all of its files together, in bytes. Default 100 MiB.</summary>
    public long MaxUploadBytes { get; set; } = 100L << 20;

    /// <summary>Where uploaded files are kept, and the queue of their jobs: a folder for one server alone. Default <see langword="null"/>: uploads are refused.</summary>
    public string? FilesFolder { get; set; }

    /// <summary>The folder into which <c>rag eval</c> writes runs with <c>--out</c>, to be shown. Default <see langword="null"/>: none are.</summary>
    public string? RunsFolder { get; set; }

    /// <summary>Answers that can still be rated by their id, without a conversation. Default 1000.</summary>
    public int RememberedAnswers { get; set; } = 1000;
}
