namespace Rag.Ingest.Sources.Web;

/// <summary>What asking for an address gave.</summary>
internal abstract record WebAnswer
{
    private WebAnswer()
    {
    }

    /// <summary>A page.</summary>
    /// <param name="Address">Where it lies, after redirects.</param>
    /// <param name="Bytes">Its bytes; text in a declared legacy encoding as UTF-8.</param>
    public sealed record Page(Uri Address, ReadOnlyMemory<byte> Bytes) : WebAnswer
    {
        /// <summary>Its version, as the server names it.</summary>
        public string ETag { get; init; } = "";

        /// <summary>When it changed, as the server writes it.</summary>
        public string LastModified { get; init; } = "";

        /// <summary>Values of <c>X-Robots-Tag</c>.</summary>
        public IReadOnlyList<string> Robots { get; init; } = [];
    }

    /// <summary>The page is as it was when its validators were kept.</summary>
    /// <param name="Address">Where it lies, after redirects.</param>
    public sealed record Unchanged(Uri Address) : WebAnswer;

    /// <summary>The server answered, and not with a page.</summary>
    /// <param name="Code">The status, 400 to 599 as a rule.</param>
    public sealed record Status(int Code) : WebAnswer;

    /// <summary>It leads to where this crawl does not go.</summary>
    /// <param name="Reason">A sentence.</param>
    public sealed record Elsewhere(string Reason) : WebAnswer;

    /// <summary>There was no answer that can be used.</summary>
    /// <param name="Reason">What is wrong and what to do, as sentences.</param>
    public sealed record Failed(string Reason) : WebAnswer;
}
